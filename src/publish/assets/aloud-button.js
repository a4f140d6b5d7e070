/*! aloud-button.js, the listen button of aloud: MIT OR Apache-2.0
 *
 *  <script src="/listen/aloud-button.js" defer></script>
 *  <aloud-button src="/listen/my-post/my-post.json">Listen to this</aloud-button>
 *
 *  src       the article's manifest, beside its recording
 *  for       a selector of the text to highlight; otherwise the article or main around the button, or the page
 *  stop      what the button says while it plays; otherwise "Stop"
 *  follow    keeps the sentence that is spoken in view
 *  Style it by ::part(button) and by --aloud-sentence, --aloud-word and --aloud-text on the page.
 *  It sends the events "aloud-play" and "aloud-stop".
 */
(() => {
  'use strict';
  if (!('customElements' in window) || customElements.get('aloud-button')) return;

  const ORDER = ['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/flac', 'audio/wav'];
  const SKIPPED = 'script, style, noscript, template, textarea, select, button, audio, video, aloud-button, [hidden]';
  const marks = 'highlights' in CSS && 'Highlight' in window;
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let playing = null;

  const sheet = (css) => {
    const made = new CSSStyleSheet();
    made.replaceSync(css);
    return made;
  };
  const inside = sheet(`
    :host { display: inline-block; }
    :host([hidden]) { display: none; }
    button {
      display: inline-flex; align-items: center; gap: .5em; min-height: 2.75em; padding: 0 1.1em 0 .9em;
      border: 1px solid currentColor; border-radius: 999px; background: transparent; color: inherit;
      font: inherit; line-height: 1.2; cursor: pointer;
    }
    button:hover { text-decoration: underline; }
    button:focus-visible { outline: 3px solid currentColor; outline-offset: 3px; }
    button[aria-busy=true] { cursor: progress; }
    svg { width: 1.1em; height: 1.1em; fill: currentColor; flex: none; }
    .stop, .on .go { display: none; }
    .on .stop { display: inline; }
    p { margin: .4em 0 0; }
    p:empty { display: none; }`);
  const outside = sheet(`
    ::highlight(aloud-sentence) { background-color: var(--aloud-sentence, #fdf1c7); color: var(--aloud-text, #1d1b18); }
    ::highlight(aloud-word) { background-color: var(--aloud-word, #f5c84c); color: var(--aloud-text, #1d1b18); }`);

  // Texts are compared without white space and with one kind of quotation mark and dash, because sites set
  // them their own way. A run of dots or dashes counts once.
  const plain = (c) => {
    if (/\s|\u00ad|\u200b|\u2060|\ufeff/.test(c)) return '';
    if (/[\u2018\u2019\u201a\u201b\u02bc`\u00b4]/.test(c)) return "'";
    if (/[\u201c\u201d\u201e\u201f\u00ab\u00bb]/.test(c)) return '"';
    if (/[\u2010-\u2015\u2212]/.test(c)) return '-';
    return c === '\u2026' ? '.' : c;
  };
  const reduce = (text, each) => {
    let out = '';
    for (let i = 0; i < text.length; i += 1) {
      const c = plain(text[i]);
      if (!c || ((c === '.' || c === '-') && out.endsWith(c))) continue;
      out += c;
      if (each) each(i);
    }
    return out;
  };

  // The text of `root`, reduced, and where in the page each of its characters stands.
  const textOf = (root) => {
    const places = [];
    let text = '';
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(SKIPPED) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      text += reduce(node.data, (offset) => places.push({ node, offset }));
    }
    return { text, places };
  };
  const rangeOf = (page, start, end) => {
    const range = new Range(), first = page.places[start], last = page.places[end - 1];
    range.setStart(first.node, first.offset);
    range.setEnd(last.node, last.offset + 1);
    return range;
  };
  // When each sentence and word of the manifest sounds, and its place in the page where it has one.
  const matched = (segments, root) => {
    const page = textOf(root);
    let from = 0;
    return segments.map((segment) => {
      const own = reduce(segment.text), words = [];
      let at = own ? page.text.indexOf(own, from) : -1;
      if (at < 0 && own.length > 24) at = page.text.indexOf(own);
      const found = at >= 0, end = at + own.length;
      let place = at;
      for (const word of found ? segment.words : []) {
        const reduced = reduce(word.text), where = reduced ? page.text.indexOf(reduced, place) : -1;
        if (where < 0 || where + reduced.length > end) continue;
        place = where + reduced.length;
        words.push({ start: word.start_ms / 1000, range: rangeOf(page, where, place) });
      }
      if (found) from = end;
      return {
        start: segment.start_ms / 1000, end: segment.end_ms / 1000, words,
        range: found ? rangeOf(page, at, end) : null,
      };
    });
  };
  const at = (list, time) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].start <= time + 0.002) low = middle + 1; else high = middle;
    }
    return list[low - 1];
  };

  // Without the highlight interface: boxes under the text, where its lines are.
  let layer = null;
  const boxes = (range, color) => [...(range?.getClientRects() ?? [])].map((rect) => {
    const box = document.createElement('div');
    Object.assign(box.style, {
      position: 'absolute', left: rect.left + scrollX + 'px', top: rect.top + scrollY + 'px',
      width: rect.width + 'px', height: rect.height + 'px', background: color, opacity: '.45',
    });
    return box;
  });
  const highlight = (sentence, word) => {
    if (marks) {
      for (const [name, range] of [['aloud-sentence', sentence], ['aloud-word', word]]) {
        if (range) {
          const made = new Highlight(range);
          made.priority = name === 'aloud-word' ? 2 : 1;
          CSS.highlights.set(name, made);
        } else CSS.highlights.delete(name);
      }
      return;
    }
    if (!layer) {
      layer = document.createElement('div');
      layer.className = 'aloud-highlight';
      layer.setAttribute('aria-hidden', 'true');
      Object.assign(layer.style, { position: 'absolute', left: '0', top: '0', pointerEvents: 'none' });
      document.body.append(layer);
    }
    layer.replaceChildren(...boxes(sentence, '#f7d774'), ...boxes(word, '#e8a200'));
  };

  class AloudButton extends HTMLElement {
    #button; #label; #message; #audio = null; #sentences = []; #frame = 0; #shown = null; #text = '';

    connectedCallback() {
      if (this.shadowRoot) return;
      this.#text = this.textContent.trim() || 'Listen to this';
      const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
      root.adoptedStyleSheets = [inside];
      root.innerHTML = '<button type="button" part="button"><svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        + '<path class="go" d="M7 4.5v15l12.5-7.5z"/><path class="stop" d="M6 6h12v12H6z"/></svg><span></span></button>'
        + '<p role="status" part="message"></p>';
      this.#button = root.querySelector('button');
      this.#label = root.querySelector('span');
      this.#message = root.querySelector('p');
      this.#label.textContent = this.#text;
      this.#button.addEventListener('click', () => this.toggle());
      if (marks && !document.adoptedStyleSheets.includes(outside)) document.adoptedStyleSheets.push(outside);
    }

    disconnectedCallback() { this.stop(); }

    /** Whether it is heard, or about to be. */
    get playing() { return playing === this; }

    /** What a press does: plays from the start, or stops. */
    toggle() { return this.playing ? this.stop() : this.play(); }

    /** Plays from the start; another button that plays stops. */
    async play() {
      playing?.stop();
      playing = this;
      this.#message.textContent = '';
      this.#state(true);
      try {
        if (!this.#audio) await this.#load();
        if (!this.playing) return;
        this.#audio.currentTime = 0;
        await this.#audio.play();
        this.#button.removeAttribute('aria-busy');
        this.dispatchEvent(new CustomEvent('aloud-play', { bubbles: true }));
        this.#run();
      } catch (error) {
        // Stopped before it began: not a failure.
        if (!this.playing) return;
        this.stop();
        this.#message.textContent = 'The recording cannot be played.';
        console.error('aloud-button:', this.getAttribute('src'), error);
      }
    }

    /** Stops and goes back to the start. */
    stop() {
      if (!this.playing) return;
      playing = null;
      cancelAnimationFrame(this.#frame);
      this.#audio?.pause();
      this.#shown = null;
      highlight(null, null);
      this.#state(false);
      this.dispatchEvent(new CustomEvent('aloud-stop', { bubbles: true }));
    }

    #state(on) {
      this.#button.classList.toggle('on', on);
      this.#label.textContent = on ? this.getAttribute('stop') || 'Stop' : this.#text;
      if (on && !this.#audio) this.#button.setAttribute('aria-busy', 'true');
      else this.#button.removeAttribute('aria-busy');
    }

    async #load() {
      const address = new URL(this.getAttribute('src'), document.baseURI);
      const answer = await fetch(address);
      if (!answer.ok) throw new Error('status ' + answer.status);
      const manifest = await answer.json();
      const audio = new Audio();
      const known = manifest.files.filter((file) => ORDER.includes(file.media_type) && audio.canPlayType(file.media_type));
      known.sort((a, b) => ORDER.indexOf(a.media_type) - ORDER.indexOf(b.media_type));
      if (!known.length) throw new Error('no recording that this browser plays');
      audio.src = new URL(known[0].path, address).href;
      audio.addEventListener('ended', () => this.stop());
      // Not this button's own pause, which may be told only after the next start.
      audio.addEventListener('pause', () => { if (audio.paused) this.stop(); });
      this.#audio = audio;
      this.#button.title = manifest.disclosure || '';
      const wanted = this.getAttribute('for');
      const root = wanted ? document.querySelector(wanted) : this.closest('article, main, [role=main]');
      this.#sentences = matched(manifest.segments, root ?? document.body);
    }

    #run() {
      if (!this.playing) return;
      const time = this.#audio.currentTime, sentence = at(this.#sentences, time);
      const word = sentence && time < sentence.end ? at(sentence.words, time) : undefined;
      const shown = word ?? sentence;
      if (shown !== this.#shown) {
        this.#shown = shown;
        highlight(sentence?.range ?? null, word?.range ?? null);
        if (this.hasAttribute('follow') && sentence?.range) {
          const box = sentence.range.getBoundingClientRect();
          if (box.top < 0 || box.bottom > innerHeight) {
            scrollBy({ top: box.top - innerHeight / 3, behavior: still.matches ? 'auto' : 'smooth' });
          }
        }
      }
      this.#frame = requestAnimationFrame(() => this.#run());
    }
  }

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && playing) playing.stop();
  });
  customElements.define('aloud-button', AloudButton);
})();
