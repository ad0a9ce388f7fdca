"""The page: the only part of ocmap that knows streamlit."""
