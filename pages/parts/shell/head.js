// What Streamlit's own page lacks; the server puts it at the head of it.

// Without it the browser derives the server's address from the page's, and first asks below the page.
window.__streamlit = {BACKEND_BASE_URL: window.location.origin + '/'};

// The scripts of widgets and charts take a second to run: while the server works, not before it is asked.
{
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    WebSocket.prototype.send = send;
    send.call(this, data);
    setTimeout(() => neededScripts.forEach((path) => import(path)));
  };
}

// A page opened without filters gets them in its address, which must not become a step of Back. Nor must the address of
// a page that is left: what its last run says of it can come after the click on a link, when the browser has begun on
// the next page, and would be taken for the address of that one.
{
  const push = history.pushState.bind(history);
  let clicked = null;
  addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    const isFollowed = link && link.origin === location.origin && link.target !== '_blank' && event.button === 0
      && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    clicked = isFollowed && link.search !== '' && link.pathname !== location.pathname
      ? {to: new URL(link.href), at: Date.now()} : null;
  }, true);
  addEventListener('popstate', () => { clicked = null; });
  history.pushState = (state, title, address) => {
    if (address == null) return push(state, title, address);
    let to = new URL(address, location.href);
    if (to.pathname !== location.pathname) {
      const isOfPageBefore = clicked !== null && Date.now() - clicked.at < 10000
        && to.pathname === clicked.to.pathname && to.search === location.search;
      if (isOfPageBefore) [to, address] = [clicked.to, clicked.to.href];
      clicked = null;
    }
    const same = to.pathname === location.pathname && to.hash === location.hash
      && ['', to.search].includes(location.search);
    (same ? history.replaceState.bind(history) : push)(state, title, address);
  };
}

// An error in Streamlit's program takes everything off the screen; what stood there is in the address.
addEventListener('error', () => setTimeout(() => {
  const last = Number(sessionStorage.getItem('opened-again') ?? 0);
  if (document.getElementById('root')?.childElementCount !== 0 || Date.now() - last < 30000) return;
  sessionStorage.setItem('opened-again', String(Date.now()));
  location.reload();
}));

// A typed date counts only after its calendar is closed; Enter closes it, like Escape.
addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !event.target.closest('[data-testid="stDateInputField"]')) return;
  event.target.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, cancelable: true}));
}, true);

// Ctrl-K or Cmd-K opens the search, and in it Enter opens the first result of what was typed.
addEventListener('keydown', (event) => {
  const isChord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (isChord && event.key.toLowerCase() === 'k') {
    const button = document.querySelector('.st-key-search-open button');
    if (button === null) return;
    event.preventDefault();
    button.click();
  } else if (event.key === 'Enter' && event.target.closest('.st-key-search-text')) {
    const asked = event.target.value;
    const since = Date.now();
    const open = () => {
      const results = document.querySelector('.search-asked');
      // Until the run is over, links of the results before stand below the new ones.
      const isDone = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning';
      if (isDone && results?.dataset.asked === asked) document.querySelector('.st-key-search-results a')?.click();
      else if (Date.now() - since < 5000) setTimeout(open, 50);
    };
    open();
  }
}, true);

// The search is opened to be typed in, and a dialog leaves the focus on itself.
addEventListener('click', (event) => {
  if (!event.target.closest?.('.st-key-search-open button')) return;
  const since = Date.now();
  const focus = () => {
    const box = document.querySelector('.st-key-search-text input');
    if (box !== null) box.focus();
    if (document.activeElement !== box && Date.now() - since < 5000) setTimeout(focus, 50);
  };
  focus();
}, true);

// Enter on a button or link presses that one, not the button on the page that has Enter as its shortcut.
addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.closest?.('button, a[href], summary')) event.stopPropagation();
}, true);

// Enter picks the row of a table, as everywhere else; the grid knows Shift and Space for that. On the worklist Enter
// opens the customer of the row, and in a table to type in (`typed-table-…`) it opens the cell. The focus is on the
// canvas, or after a moment on a cell that the grid keeps inside it for screen readers.
addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !event.target.closest?.('canvas')) return;
  if (!event.target.closest('[class*="st-key-table-"]') || event.target.closest('.st-key-table-lines')) return;
  event.stopPropagation();
  event.preventDefault();
  event.target.dispatchEvent(new KeyboardEvent('keydown', {
    key: ' ', code: 'Space', keyCode: 32, shiftKey: true, bubbles: true, cancelable: true,
  }));
}, true);

// A button that writes is disabled from the click until the answer is there. It stays in the tab order and keeps
// the focus: somebody who works with the keyboard stands on it when the answer says what lacks.
{
  const keys = /^st-key-(.+-(save|anyway|drop|discount)|.+-undo-.+|upload-publish|keep-run|(drop|view)-.+-yes)$/;
  const app = () => document.querySelector('[data-testid="stApp"]')?.dataset;
  const writes = (button) => button.closest('[data-testid="stFormSubmitButton"]') !== null
    || [...button.closest('[class*="st-key-"]')?.classList ?? []].some((name) => keys.test(name));
  const disable = (button) => {
    const since = Date.now();
    let hasRun = false, idleSince = since;
    button.setAttribute('aria-disabled', 'true');
    const wait = () => {
      const now = Date.now();
      const isIdle = app()?.testScriptState === 'notRunning' || app()?.testConnectionState !== 'CONNECTED';
      if (!isIdle) [hasRun, idleSince] = [true, now];
      // Between the run that saves and the run on the new books the page is idle for a moment.
      if (button.isConnected && now - idleSince < (hasRun ? 300 : 2000)) setTimeout(wait, 50);
      else button.removeAttribute('aria-disabled');
    };
    wait();
  };
  addEventListener('click', (event) => {
    const button = event.target.closest?.('button');
    if (!button || button.disabled || !writes(button)) return;
    if (button.getAttribute('aria-disabled') !== 'true') return disable(button);
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  // Enter in a box of a form is its Save.
  addEventListener('keydown', (event) => {
    const form = event.key === 'Enter' && event.target.closest?.('[data-testid="stForm"]');
    if (!form || event.target.closest('button, textarea')) return;
    const button = form.querySelector('[data-testid="stFormSubmitButton"] button');
    if (button?.getAttribute('aria-disabled') === 'true') {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (button) {
      setTimeout(() => app()?.testScriptState !== 'notRunning' && disable(button), 50);
    }
  }, true);
}

// What a button opens over the page stands at the end of it, where Tab would never come: from the button Tab goes
// in, as soon as there is something to stand on, and past its first or last box it closes, back on the button.
{
  const BODY = '[data-testid="stPopoverBody"]';
  const boxes = (place) => [...place.querySelectorAll('*')].flatMap((box) => [
    ...(box.tabIndex >= 0 && !box.disabled && box.getClientRects().length ? [box] : []),
    ...(box.shadowRoot ? boxes(box.shadowRoot) : []),
  ]);
  const opened = () => [...document.querySelectorAll(BODY)].pop();
  const goIn = (button, since) => {
    const place = opened();
    const box = place && boxes(place)[0];
    if (box) box.focus();
    else if (document.activeElement === button && Date.now() - since < 5000) setTimeout(goIn, 50, button, since);
  };
  addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = event.composedPath()[0];
    const button = at.closest?.('[data-testid="stPopoverButton"][aria-expanded="true"]');
    if (button && !event.shiftKey) {
      event.preventDefault();
      goIn(button, Date.now());
      return;
    }
    const place = event.target.closest?.(BODY);
    if (!place) return;
    const inside = boxes(place);
    if (at !== (event.shiftKey ? inside[0] : inside.at(-1))) return;
    event.preventDefault();
    at.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, cancelable: true, composed: true}));
  }, true);
}

// A click counts where it was pressed, also where the page, still being drawn, moved that from under the pointer
// before it was let go: the browser then clicks what both places have in common, which is nothing.
{
  const STILL = 5; // pixels
  let press = null;
  addEventListener('pointerdown', (event) => {
    const target = event.composedPath()[0];
    const pressed = event.isPrimary && event.button === 0 && target.closest?.('button, a[href], label, summary');
    press = pressed ? {pressed, x: event.clientX, y: event.clientY} : null;
  }, true);
  addEventListener('pointerup', (event) => {
    const {pressed, x, y} = press ?? {};
    press = null;
    if (!pressed?.isConnected || Math.hypot(event.clientX - x, event.clientY - y) > STILL) return;
    if (!pressed.contains(event.composedPath()[0])) setTimeout(() => pressed.click());
  }, true);
}

// Charts are drawn by the server in the colours of the theme: once it is switched, the page is drawn again.
{
  let before = null;
  setInterval(() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const now = app && getComputedStyle(app).backgroundColor;
    const button = document.querySelector('.st-key-follow-theme button');
    if (before && now && now !== before) {
      if (!button) return;
      button.click();
    }
    before = now ?? before;
  }, 500);
}

// The language of the page, for screen readers and hyphens; the switch of languages shows which it is.
new MutationObserver(() => {
  const chosen = document.querySelector('.st-key-f_language [aria-checked="true"]');
  const language = chosen?.textContent.trim().toLowerCase();
  if (language && document.documentElement.lang !== language) document.documentElement.lang = language;
}).observe(document, {
  subtree: true, childList: true, attributes: true, attributeFilter: ['aria-checked'],
});

// On a page too narrow for them beside its title, the filters are a panel under a button. Whether it is open is
// noted at the root of the page, where no run of the server overwrites it.
{
  const root = document.documentElement;
  const button = () => document.querySelector('.filters-button');
  const set = (state) => {
    root.dataset.filters = state;
    button()?.setAttribute('aria-expanded', String(state === 'open'));
  };
  // Calendars, lists and menus that the boxes open stand at the end of the page, outside the app.
  const isElsewhere = (target) => target.closest?.('[data-testid="stApp"]')
    && !target.closest('.st-key-filters, .filters-button');
  set('closed');
  addEventListener('click', (event) => {
    if (event.target.closest?.('.filters-button')) set(root.dataset.filters === 'open' ? 'closed' : 'open');
    else if (isElsewhere(event.target)) set('closed');
  }, true);
  addEventListener('focusin', (event) => isElsewhere(event.target) && set('closed'));
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || root.dataset.filters !== 'open') return;
    if (document.querySelector('.st-key-filters [aria-expanded="true"]')) return; // that one closes first
    if (!event.target.closest?.('.st-key-filters, .filters-button')) return;
    set('closed');
    button()?.focus();
  }, true);
}

// What Streamlit's markup lacks for a screen reader. Its menu is a list whose items stand in sections, which no
// reader knows how to count; a group of boxes has no value that could be required; a table that is wider than
// its place must be reached to be scrolled.
{
  const mend = () => {
    for (const item of document.querySelectorAll('[data-testid="stSidebarNavItems"]:not([role]), '
      + '[data-testid="stSidebarNavItems"] li:not([role])')) item.setAttribute('role', 'none');
    const required = '[role="group"][aria-required], div[aria-required]:not([role])';
    for (const field of document.querySelectorAll(required)) {
      field.removeAttribute('aria-required');
    }
    // An icon beside words says nothing more, and its name is English.
    for (const icon of document.querySelectorAll('[data-testid="stIconMaterial"]:not([aria-hidden])')) {
      const named = icon.closest('button, a, summary');
      if (named?.hasAttribute('aria-label') || (named?.textContent ?? '').trim() !== icon.textContent.trim()) {
        icon.setAttribute('aria-hidden', 'true');
      }
    }
    const isOpen = document.documentElement.dataset.filters === 'open';
    document.querySelector('.filters-button')?.setAttribute('aria-expanded', String(isOpen));
    for (const table of document.querySelectorAll('[data-testid="stTable"] div:not([tabindex])')) {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    }
  };
  let isWaiting = false;
  new MutationObserver(() => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      mend();
    });
  }).observe(document, {subtree: true, childList: true});
}
