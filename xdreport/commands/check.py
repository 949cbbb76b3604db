"""`xdreport check`: the findings of a data folder."""

from collections import Counter

import typer

from xdreport import folders, options
from xdreport.exits import translated
from xdreport.options import Areas, AsOf, Data, Json, Strict, Templates

app = typer.Typer()


@app.command(epilog="Example: xdreport check --data data")
@translated
def check(
    data: Data = None,
    templates: Templates = None,
    area: Areas = None,
    as_of: AsOf = "",
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Check the data folder and the templates; every finding in one run."""
    from xdreport import build as pipeline
    from xdreport import descriptions, findings, terminal

    folder = folders.data(data)
    day = options.day(as_of)
    found = pipeline.inspect(folder, folders.templates(templates, folder), options.words(area), day)
    found = (*found, *descriptions.outdated(folder))
    found = findings.strict(found) if strict else found
    worst = Counter(finding.severity for finding in found)
    if json:
        terminal.as_json([terminal.finding_as_json(finding) for finding in found])
    else:
        terminal.findings(found)
        counts = ", ".join(terminal.count(worst[severity], severity.value) for severity in findings.Severity)
        terminal.lines({"checked": [f"{folder}{terminal.as_known(day)}: {counts}"]})
    if worst[findings.Severity.ERROR]:
        raise typer.Exit(1)
