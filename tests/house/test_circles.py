"""No two modules need each other, not even for a type: each can be read without the other."""

from grimp import ImportGraph, build_graph


def circles(graph: ImportGraph) -> list[list[str]]:
    """Modules that reach each other (Tarjan's strongly connected components of more than one)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    waiting: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        number[module] = lowest[module] = len(number)
        waiting.append(module)
        for other in sorted(graph.find_modules_directly_imported_by(module)):
            if other not in number:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in waiting:
                lowest[module] = min(lowest[module], number[other])
        if lowest[module] == number[module]:
            at = waiting.index(module)
            circle = sorted(waiting[at:])
            del waiting[at:]
            if len(circle) > 1:
                found.append(circle)

    for module in sorted(graph.modules):
        if module not in number:
            visit(module)
    return found


def test_no_modules_of_the_house_import_each_other():
    assert circles(build_graph("xianxue", cache_dir=None)) == []


def test_a_circle_is_found_however_long():
    graph = ImportGraph()
    for importer, imported in [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "a")]:
        graph.add_import(importer=importer, imported=imported)
    assert circles(graph) == [["a", "b", "c"]]
