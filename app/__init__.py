"""The local web app over a store: served to this machine alone, with pages made on the server and no request elsewhere."""
