"""Long work: done beside the pages, it shows how far it has come, can be stopped and left."""
