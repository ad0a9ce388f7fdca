"""Put the layers in front of a browser: the only part of ocmap that knows folium."""
