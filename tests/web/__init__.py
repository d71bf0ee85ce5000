"""A package, unlike the other folders of tests: browsers are open for as long as its tests run."""
