// The scripts of the dashboard's components; Streamlit's page imports this bundle once.
export { accessibility } from "./streamlit/accessibility";
export { bottomBar } from "./streamlit/bottom_bar";
export { linked } from "./streamlit/linked";
export { part, search } from "./streamlit/map_view";
