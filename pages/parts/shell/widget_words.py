"""Words that Streamlit's own widgets say in English only, put into Dutch in the browser.

A script in the page's head replaces exactly these texts and labels, wherever Streamlit draws them. It follows
the language of the page, which the style sheet notes in a property.
"""

import json

TEXTS = {
    "Upload": "Bestanden kiezen",
    "Skip to main content": "Naar de inhoud",
    "(required)": "(verplicht)",
    "Choose an option": "Maak een keuze",
    "Choose options": "Maak keuzes",
}
LABELS = {
    "Choose date": "Dag kiezen",
    "Choose date range": "Periode kiezen",
    "Next page": "Volgende pagina",
    "Previous page": "Vorige pagina",
    "Clear value": "Leegmaken",
    "Next month": "Volgende maand",
    "Previous month": "Vorige maand",
    "Clear date": "Dag wissen",
    "Clear dates": "Dagen wissen",
    "Clear all": "Alles wissen",
    "Increment": "Meer",
    "Decrement": "Minder",
    "Close": "Sluiten",
    "Help": "Uitleg",
    "Copy to clipboard": "Kopieer",
    "Navigate to home page": "Naar het eerste scherm",
    "Pagination": "Pagina's",
    "Notifications": "Meldingen",
    "Main menu": "Menu",
    "App pages": "Schermen",
    "Sidebar": "Zijbalk",
    "Expand sidebar": "Zijbalk openen",
    "Collapse sidebar": "Zijbalk sluiten",
}
# Labels that begin so and go on with a name of ours, or with a number.
STARTS = {
    "Help for ": "Uitleg bij ",
    "Show/hide columns: ": "Kolommen: ",
    "Search: ": "Zoeken: ",
    "Fullscreen: ": "Volledig scherm: ",
    "Clear selection: ": "Keuze wissen: ",
    "day, ": "dag, ",
    "month, ": "maand, ",
    "year, ": "jaar, ",
    "Shortcut ": "Sneltoets ",
    "Page ": "Pagina ",
}
_SCRIPT = """(() => {
  const dutch = {texts: %s, labels: %s, starts: %s};
  const reversed = (words) => Object.fromEntries(Object.entries(words).map(([from, to]) => [to, from]));
  const english = Object.fromEntries(Object.entries(dutch).map(([name, words]) => [name, reversed(words)]));
  // A name from the data may be that of something every object has.
  const own = (words, text) => (text !== null && Object.hasOwn(words, text) ? words[text] : undefined);
  const inWords = (label, words) => {
    if (!label || own(words.labels, label)) return label && own(words.labels, label);
    const start = Object.keys(words.starts).find((one) => label.startsWith(one));
    return start && words.starts[start] + label.slice(start.length);
  };
  const put = (node, words) => {
    if (node.nodeType === 3) {
      const word = own(words.texts, node.nodeValue.trim());
      if (word) node.nodeValue = node.nodeValue.replace(node.nodeValue.trim(), word);
    } else if (node.nodeType === 1) {
      const word = inWords(node.getAttribute('aria-label'), words);
      const hint = own(words.texts, node.getAttribute('placeholder'));
      if (hint) node.setAttribute('placeholder', hint);
      if (word) node.setAttribute('aria-label', word);
      const [from, to] = words === dutch ? ['yyyy', 'jjjj'] : ['jjjj', 'yyyy'];
      if (node.dataset.type === 'year' && node.textContent === from) node.textContent = to;
      node.childNodes.forEach((child) => put(child, words));
    }
  };
  const isDutch = () =>
    getComputedStyle(document.documentElement).getPropertyValue('--language').trim() === 'nl';
  let wasDutch = false;
  const follow = (changes) => {
    const now = isDutch();
    if (now !== wasDutch) {
      // The style sheet came after the first widgets, or the language was switched: those that stay, too.
      wasDutch = now;
      put(document.body, now ? dutch : english);
    } else if (now) {
      for (const change of changes) {
        change.addedNodes.forEach((node) => put(node, dutch));
        if (change.type === 'characterData') put(change.target, dutch);
      }
    }
  };
  new MutationObserver(follow).observe(document, {childList: true, subtree: true, characterData: true});
  addEventListener('load', () => setTimeout(() => follow([]), 0));
})();"""


def script() -> bytes:
    """Return the script for the page's head."""
    return (_SCRIPT % (json.dumps(TEXTS), json.dumps(LABELS), json.dumps(STARTS))).encode()
