"""Where a page stands: it scrolls to the block that a link names, and Back finds the place that was left."""

import json

import streamlit as st

from pages.parts.context import filters
from reports.language import _p

# A click leaves a place, so each click notes it; Streamlit's scrolling to the top of a new page is no place.
# After Back the page is drawn anew, so its place is set again until the page is as long as it was.
_MEMORY = """<script>
(() => {
  if (window.kasstroomPlaces) return;
  const places = window.kasstroomPlaces = {arrived: null, left: null, turn: 0, isByKey: false};
  const main = () => document.querySelector('[data-testid="stMain"]');
  const address = () => location.pathname + location.search;
  const hold = (reached, patience) => {
    const turn = ++places.turn, end = Date.now() + patience;
    const step = () => {
      if (turn !== places.turn) return;
      const quiet = reached();
      if (Date.now() < end && quiet < 8) setTimeout(step, 120);
    };
    step();
  };
  const release = () => { places.turn += 1; };
  for (const name of ['wheel', 'touchstart', 'keydown', 'mousedown'])
    window.addEventListener(name, release, {passive: true, capture: true});
  document.addEventListener('click', (event) => {
    if (main()) places[address()] = main().scrollTop;
    places.isByKey = event.detail === 0;
    if (event.target.closest('.back-to-origin')) {
      event.preventDefault();
      history.go(Math.min(-1, (places.arrived ?? history.length) - history.length));
    } else places.left = history.length;
  }, true);
  window.addEventListener('popstate', () => {
    const place = places[address()];
    if (place === undefined) return;
    let quiet = 0;
    hold(() => {
      const block = main();
      if (!block || Math.abs(block.scrollTop - place) > 2) { quiet = 0; if (block) block.scrollTop = place; }
      else quiet += 1;
      return quiet;
    }, 12000);
  });
  places.show = (key) => {
    places.arrived = places.left;  // steps within this page come on top of it
    let quiet = 0, before = null;
    hold(() => {
      const block = document.querySelector('.st-key-' + key);
      if (block) {
        // Who came with the keyboard goes on from here, not from the link that is left.
        if (places.isByKey) block.querySelector('.back-to-origin')?.focus({preventScroll: true});
        places.isByKey = false;
        const top = block.getBoundingClientRect().top;
        if (top !== before) { block.style.scrollMarginTop = '72px'; block.scrollIntoView(); quiet = 0; }
        else quiet += 1;
        before = block.getBoundingClientRect().top;
      }
      return quiet;
    }, 12000);
  };
})();
</script>"""


_SHOW = """(function show(key, tries) {
  if (window.kasstroomPlaces?.show) kasstroomPlaces.show(key);
  else if (tries) setTimeout(() => show(key, tries - 1), 100);
})"""


def remember_places() -> None:
    """Keep in the browser where each address was left, for Back."""
    with st.container(key="places"):
        st.html(_MEMORY, unsafe_allow_javascript=True)


def show(name: str) -> None:
    """Scroll to this place once, if the address of a link asks for it by `at`, and draw the way back.

    Args:
        name: of the place in the address.
    """
    asked = filters.parameter("at") == name
    arrival = (st.session_state.get("page"), name) if asked else None
    is_new = asked and st.session_state.get("arrival") != arrival
    if asked or (st.session_state.get("arrival") or ("", ""))[1] == name:
        st.session_state["arrival"] = arrival
    if not asked:
        return
    with st.container(key=f"at-{name}"):
        st.html(f'<button type="button" class="back-to-origin">← {_p("button", "Back")}</button>')
        if is_new:
            key = json.dumps(f"at-{name}")
            st.html(f"<script>{_SHOW}({key}, 20)</script>", unsafe_allow_javascript=True)
