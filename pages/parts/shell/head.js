// What Streamlit's own page lacks; the server puts it at the head of it.

// Without it the browser derives the server's address from the page's, and first asks below the page.
window.__streamlit = {BACKEND_BASE_URL: window.location.origin + '/'};

// A page opened without filters gets them in its address, which must not become a step of Back.
{
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const to = new URL(address, location.href);
    const same = to.pathname === location.pathname && location.search === '';
    (same ? history.replaceState.bind(history) : push)(state, title, address);
  };
}

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

// The language of the page, for screen readers and hyphens; the switch of languages shows which it is.
new MutationObserver(() => {
  const chosen = document.querySelector('.st-key-f_language [aria-checked="true"]');
  const language = chosen?.textContent.trim().toLowerCase();
  if (language && document.documentElement.lang !== language) document.documentElement.lang = language;
}).observe(document, {
  subtree: true, childList: true, attributes: true, attributeFilter: ['aria-checked'],
});
