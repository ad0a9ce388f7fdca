"""What a browser gets: data, HTML, scripts and styles. Knows nothing of Streamlit."""
