import { createHash } from 'node:crypto';

/**
 * All that runs in the page: a figure that is clicked, or chosen with Enter, opens its basis; Escape closes it and goes
 * back to the figure; a line of the list goes to its place. It reads nothing but the page and sends nothing.
 */
export const SCRIPT = `(() => {
  'use strict';
  const panel = document.getElementById('panel');
  const narrow = matchMedia('(max-width: 1180px)');
  let asked = null;
  const close = () => {
    if (asked === null) return;
    const back = asked;
    asked = null;
    panel.hidden = true;
    back.setAttribute('aria-expanded', 'false');
    back.focus();
  };
  const open = (figure) => {
    if (asked !== null) asked.setAttribute('aria-expanded', 'false');
    asked = figure;
    for (const basis of panel.querySelectorAll('.basis')) basis.hidden = basis.id !== figure.dataset.basis;
    const basis = document.getElementById(figure.dataset.basis);
    basis.querySelector('.here b').textContent = figure.textContent;
    panel.setAttribute('aria-labelledby', basis.id + '-name');
    figure.setAttribute('aria-expanded', 'true');
    panel.hidden = false;
    panel.scrollTop = 0;
    const hidden = figure.getBoundingClientRect().bottom - panel.getBoundingClientRect().top;
    if (narrow.matches && hidden > 0) scrollBy(0, hidden + 24);
    panel.focus();
  };
  const jump = (link) => {
    const place = document.getElementById(link.hash.slice(1));
    if (place === null) return;
    place.scrollIntoView({ block: 'center' });
    place.focus({ preventScroll: true });
  };
  document.addEventListener('click', (event) => {
    const figure = event.target.closest('[data-basis]');
    const link = event.target.closest('#todo a');
    if (event.target.closest('#close')) close();
    else if (figure !== null && String(getSelection()) === '') open(figure);
    else if (link !== null) {
      event.preventDefault();
      jump(link);
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    if ((event.key !== 'Enter' && event.key !== ' ') || !event.target.matches('[data-basis]')) return;
    event.preventDefault();
    open(event.target);
  });
  const todo = document.querySelector('#todo details');
  if (narrow.matches) todo.open = false;
})();`;

const HASH = createHash('sha256').update(SCRIPT).digest('base64');

/** Nothing is fetched, nothing is sent, and nothing runs but this script: a file that may be passed on. */
export const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${HASH}'; base-uri 'none'; form-action 'none'`;
