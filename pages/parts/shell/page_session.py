"""A click in a page that is being left is not answered.

Until the next page has its first word, the page before it stands on the screen. Streamlit answers a click in
one of its fragments once the next page is drawn. The browser then takes that answer for another change of
page and clears the screen, and the next fragment that answers finds no place to be drawn in, which ends the
browser's program.
"""

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import websocket_session_manager
from streamlit.runtime.app_session import AppSession


class PageSession(AppSession):
    """Streamlit's visit, which knows the page that was asked for last."""

    _page = ""

    def request_rerun(self, client_state: ClientState | None) -> None:
        """Run the page or one of its fragments, unless that fragment is of a page that is being left."""
        asked = client_state.page_script_hash if client_state else ""
        if client_state and client_state.fragment_id:
            if asked and self._page and asked != self._page:
                return
        elif asked:
            self._page = asked
        super().request_rerun(client_state)

    def _enqueue_forward_msg(self, msg: ForwardMsg) -> None:
        # What the browser is told of the page that it shows: on a first visit its address alone says which.
        match msg.WhichOneof("type"):
            case "new_session" if not msg.metadata.run.fragment_ids:
                self._page = msg.new_session.page_script_hash
            case "navigation":
                self._page = msg.navigation.page_script_hash
        super()._enqueue_forward_msg(msg)


def ignore_clicks() -> None:
    """Let visits of this process begin as `PageSession`."""
    setattr(websocket_session_manager, "AppSession", PageSession)  # noqa: B010 - a name that it does not export
