"""Reading: a text becomes quantities, once; nobody writes into them afterwards."""
