"""`communique schema`: the JSON Schema of a record."""

import json

import typer


def schema() -> None:
    """Print the JSON Schema of a record."""
    from communique.record.codec import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
