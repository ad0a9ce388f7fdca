"""An empty page of Streamlit: what it takes to load before anything of ours is on it."""

import streamlit as st

st.html("<p data-bench-drawn>empty</p>")
