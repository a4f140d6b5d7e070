(() => {
  'use strict';
  const $ = (id) => document.getElementById(id);
  const audio = $('audio'), controls = $('controls'), text = $('text');
  const article = document.querySelector('article');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const seconds = (element, name) => Number(element.dataset[name]) / 1000;
  const sentences = [...article.querySelectorAll('.s')].map((element) => ({
    element,
    start: seconds(element, 't'),
    end: seconds(element, 'e'),
    words: [...element.querySelectorAll('[data-t]')].map((word) => ({ element: word, start: seconds(word, 't') })),
  }));
  let sentence = null, word = null, focused = 0, wandered = false, frame = 0;

  // The last of `list`, which is in order, that starts at or before `time`; -1 when none does.
  const at = (list, time) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].start <= time + 0.002) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  const clock = (time) => {
    const whole = Math.floor(time), two = (n) => String(n).padStart(2, '0');
    const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
    return (hours ? hours + ':' + two(minutes) : minutes) + ':' + two(whole % 60);
  };
  const said = (time) => {
    const whole = Math.floor(time), minutes = Math.floor(whole / 60);
    const unit = (n, name) => n + ' ' + name + (n === 1 ? '' : 's');
    return (minutes ? unit(minutes, 'minute') + ' ' : '') + unit(whole % 60, 'second');
  };
  const length = () => Number.isFinite(audio.duration) ? audio.duration : Number($('seek').max);
  const remember = (name, value) => { try { localStorage.setItem('aloud-' + name, value); } catch { /* not allowed */ } };
  const remembered = (name) => { try { return localStorage.getItem('aloud-' + name); } catch { return null; } };

  const visible = (element) => {
    const box = element.getBoundingClientRect(), bar = $('player').getBoundingClientRect();
    const top = getComputedStyle($('player')).position === 'sticky' ? bar.height : 0;
    return box.top >= top && box.bottom <= innerHeight;
  };
  const keepInView = (element) => {
    if (visible(element)) { wandered = false; return; }
    if (!wandered) element.scrollIntoView({ block: 'center', behavior: still.matches ? 'auto' : 'smooth' });
  };
  const show = () => {
    const time = audio.currentTime, following = $('follow').checked;
    const index = at(sentences, time), now = following && index >= 0 ? sentences[index] : null;
    if (now !== sentence) {
      sentence?.element.classList.remove('now');
      sentence?.element.removeAttribute('aria-current');
      sentence = now;
      if (now) {
        now.element.classList.add('now');
        now.element.setAttribute('aria-current', 'true');
        if (!audio.paused) keepInView(now.element);
      }
    }
    const spoken = now && time < now.end ? now.words[at(now.words, time)]?.element : null;
    if (spoken !== word) {
      word?.classList.remove('word');
      word = spoken ?? null;
      word?.classList.add('word');
    }
    $('seek').value = time;
    $('seek').setAttribute('aria-valuetext', said(time) + ' of ' + said(length()));
    $('now').textContent = clock(time);
  };
  const run = () => {
    show();
    if (!audio.paused) frame = requestAnimationFrame(run);
  };
  const go = (time) => { audio.currentTime = Math.min(Math.max(time, 0), length()); wandered = false; show(); };
  const play = () => audio.play().catch(() => { /* refused: the button stays as it is */ });
  const toggle = () => { if (audio.paused) play(); else audio.pause(); };
  const step = (by) => {
    const index = at(sentences, audio.currentTime);
    const begun = index >= 0 && audio.currentTime - sentences[index].start > 2;
    const target = by < 0 && begun ? index : index + by;
    go(sentences[Math.min(Math.max(target, 0), sentences.length - 1)]?.start ?? 0);
  };

  audio.addEventListener('play', () => {
    document.documentElement.classList.add('playing');
    $('play-label').textContent = 'Pause';
    wandered = false;
    cancelAnimationFrame(frame);
    run();
  });
  audio.addEventListener('pause', () => {
    document.documentElement.classList.remove('playing');
    $('play-label').textContent = 'Listen';
    show();
  });
  audio.addEventListener('seeked', show);
  const ours = (shown) => {
    audio.controls = !shown;
    audio.hidden = shown;
    controls.hidden = !shown;
    $('hint').hidden = !shown || sentences.length === 0;
  };
  // Of its source too, from which no event rises.
  audio.addEventListener('error', () => ours(false), true);
  $('play').addEventListener('click', toggle);
  $('back').addEventListener('click', () => step(-1));
  $('next').addEventListener('click', () => step(1));
  $('seek').addEventListener('input', () => go(Number($('seek').value)));
  $('speed').addEventListener('change', () => {
    audio.defaultPlaybackRate = audio.playbackRate = Number($('speed').value);
    remember('speed', $('speed').value);
  });
  $('follow').addEventListener('change', () => {
    remember('follow', $('follow').checked);
    show();
    if (sentence) keepInView(sentence.element);
  });

  // A listener who scrolls away is not pulled back until the sentence comes into view again.
  for (const kind of ['wheel', 'touchmove']) addEventListener(kind, () => { wandered = true; }, { passive: true });
  addEventListener('keydown', (event) => {
    if (['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown'].includes(event.key)) wandered = true;
  });

  // One sentence can be reached with the tab key; the arrow keys move on from it.
  const hold = (index) => {
    sentences[focused]?.element.setAttribute('tabindex', '-1');
    focused = index;
    sentences[focused]?.element.setAttribute('tabindex', '0');
  };
  const indexOf = (target) => {
    const element = target instanceof Element ? target.closest('.s') : null;
    return element ? sentences.findIndex((one) => one.element === element) : -1;
  };
  const playFrom = (index) => { hold(index); go(sentences[index].start); play(); };
  article.addEventListener('click', (event) => {
    const index = indexOf(event.target);
    if (index < 0 || event.target.closest('a') || String(getSelection())) return;
    playFrom(index);
  });
  article.addEventListener('focusin', (event) => {
    const index = indexOf(event.target);
    if (index >= 0) hold(index);
  });
  article.addEventListener('keydown', (event) => {
    const index = indexOf(event.target);
    if (index < 0 || event.target !== sentences[index].element || event.altKey || event.ctrlKey || event.metaKey) return;
    const forward = getComputedStyle(event.target).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === 'Enter') playFrom(index);
    else if (event.key === ' ') toggle();
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const next = sentences[index + (event.key === forward ? 1 : -1)];
      if (next) next.element.focus();
    } else return;
    event.preventDefault();
  });

  if ('mediaSession' in navigator && window.MediaMetadata) {
    navigator.mediaSession.metadata = new MediaMetadata({ title: document.querySelector('h1').textContent });
    navigator.mediaSession.setActionHandler('previoustrack', () => step(-1));
    navigator.mediaSession.setActionHandler('nexttrack', () => step(1));
  }
  for (const { element } of sentences) element.setAttribute('tabindex', '-1');
  hold(0);
  const speed = remembered('speed');
  if (speed && [...$('speed').options].some((option) => option.value === speed)) {
    $('speed').value = speed;
    audio.defaultPlaybackRate = audio.playbackRate = Number(speed);
  }
  if (remembered('follow') === 'false') $('follow').checked = false;
  const linked = indexOf(document.getElementById(location.hash.slice(1)));
  if (linked >= 0) { hold(linked); go(sentences[linked].start); }
  ours(true);
  // Its source may have failed before this ran. Until the page is loaded, a source is still looked for.
  addEventListener('load', () => { if (audio.networkState === audio.NETWORK_NO_SOURCE) ours(false); });
  document.documentElement.classList.add('ready');
  show();
})();
