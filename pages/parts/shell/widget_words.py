"""Words that Streamlit's own widgets say in English only, put into Dutch in the browser.

A script in the page's head replaces exactly these texts and labels, wherever Streamlit draws them. It follows
the language of the page, which the style sheet notes in a property.
"""

import json

TEXTS = {
    "Upload": "Bestanden kiezen",
    "Skip to main content": "Naar de inhoud",
    "(required)": "(verplicht)",
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
    "Pagination": "Pagina's",
    "Notifications": "Meldingen",
    "Main menu": "Menu",
    "App pages": "Schermen",
    "Sidebar": "Zijbalk",
    "Expand sidebar": "Zijbalk openen",
    "Collapse sidebar": "Zijbalk sluiten",
}
_SCRIPT = """(() => {
  const texts = %s, labels = %s;
  const put = (node) => {
    if (node.nodeType === 3) {
      const word = texts[node.nodeValue.trim()];
      if (word) node.nodeValue = node.nodeValue.replace(node.nodeValue.trim(), word);
    } else if (node.nodeType === 1) {
      const word = labels[node.getAttribute('aria-label')];
      if (word) node.setAttribute('aria-label', word);
      if (node.dataset.type === 'year' && node.textContent === 'yyyy') node.textContent = 'jjjj';
      node.childNodes.forEach(put);
    }
  };
  const isDutch = () =>
    getComputedStyle(document.documentElement).getPropertyValue('--language').trim() === 'nl';
  new MutationObserver((changes) => {
    if (!isDutch()) return;
    for (const change of changes) {
      change.addedNodes.forEach(put);
      if (change.type === 'characterData') put(change.target);
    }
  }).observe(document, {childList: true, subtree: true, characterData: true});
  addEventListener('load', () => setTimeout(() => isDutch() && put(document.body), 0));
})();"""


def script() -> bytes:
    """Return the script for the page's head."""
    return (_SCRIPT % (json.dumps(TEXTS), json.dumps(LABELS))).encode()
