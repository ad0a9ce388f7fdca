// The scripts of the dashboard's components; Streamlit's page imports this bundle once.
import { listenToButtons } from "./actions";
import { watchDialogs } from "./streamlit/dialog";
import { watchScroll } from "./streamlit/scroll";

export { accessibility } from "./streamlit/accessibility";
export { bottomBar } from "./streamlit/bottom_bar";
export { linked } from "./streamlit/linked";
export { part, search } from "./streamlit/map_view";

listenToButtons();
watchDialogs();
watchScroll();
