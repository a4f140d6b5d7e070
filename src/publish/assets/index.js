(() => {
  'use strict';
  const $ = (id) => document.getElementById(id);
  const folded = (text) => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ');
  const articles = [...$('articles').children].map((element) => ({ element, text: folded(element.textContent) }));
  const all = $('count').textContent;
  const filter = () => {
    const words = folded($('words').value).split(' ').filter(Boolean);
    let count = 0;
    for (const { element, text } of articles) {
      element.hidden = !words.every((word) => text.includes(word));
      if (!element.hidden) count += 1;
    }
    $('count').textContent = words.length ? count + ' of ' + all : all;
    $('none').hidden = count > 0 || articles.length === 0;
  };
  $('filter').addEventListener('submit', (event) => event.preventDefault());
  $('words').addEventListener('input', filter);
  $('filter').hidden = articles.length < 2;
  filter();
})();
