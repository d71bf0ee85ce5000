"""Long work: done beside the pages, shown as it goes, stopped without harm, found again."""
