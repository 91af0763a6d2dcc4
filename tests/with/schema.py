"""schema.py SCHEMA GOOD... -- BAD...: the JSON Schema holds against draft 7's own, every good scenario holds
against it, and of the bad ones at least 30 are refused (a schema sees one value at a time: names that refer to
others, sums of shares and dates that rise it cannot)."""

import json
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2's plain values (its core schema), as the servers of editors read them: `on`, `yes`, 25_34 and a
    date are texts."""

    yaml_implicit_resolvers = {}


for tag, pattern in [
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("null", r"~|null|Null|NULL|"),
    ("int", r"[-+]?[0-9]+"),
    ("float", r"[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?"),
]:
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^({pattern})$"), None)
Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile("^<<$"), ["<"])


def with_text_keys(value, room=None):
    """JSON has texts alone as keys; aliases of aliases may not fill the memory."""
    room = room or [1000000]
    room[0] -= 1
    if room[0] < 0:
        raise ValueError("too many values")
    if isinstance(value, dict):
        return {str(key): with_text_keys(child, room) for key, child in value.items()}
    return [with_text_keys(child, room) for child in value] if isinstance(value, list) else value


def read(name):
    with open(name, encoding="utf-8") as file:
        return with_text_keys(yaml.load(file, Loader))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    split = sys.argv.index("--")
    good, bad = sys.argv[2:split], sys.argv[split + 1 :]
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    failed = refused = unread = 0
    for name in good:
        for fault in validator.iter_errors(read(name)):
            failed += 1
            where = "/".join(str(step) for step in fault.absolute_path)
            print(f"{name}: {where}: {fault.message[:200]}")
    for name in bad:
        try:
            value = read(name)
        except (yaml.YAMLError, ValueError, RecursionError, TypeError):
            unread += 1
            continue
        refused += not validator.is_valid(value)
    print(f"{len(good)} good ones, {failed} faults; {refused} of {len(bad) - unread} bad ones refused")
    examples = 0
    for form in schema["definitions"]["distribution"]["oneOf"]:
        for value in form["properties"].values():
            text = re.search(r"such as (.*)", value["description"]).group(1)
            jsonschema.Draft7Validator({**schema["definitions"]["distribution"], "definitions": schema["definitions"]}
                                       ).validate(with_text_keys(yaml.load(text, Loader)))
            examples += 1
    print(f"{examples} examples of distributions hold")
    sys.exit(failed > 0 or refused < 30 or len(good) < 50)


if __name__ == "__main__":
    main()
