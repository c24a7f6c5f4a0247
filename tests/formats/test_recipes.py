"""The recipes for publishing: in step with the engine, valid for their hosts, and whole or not at all."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import published
import sites
from forks import run_module
from formats import object_store
from opmodel.adapter import content_policy

PUBLISH = sites.SHIPPED / "publish"
UPLOAD = PUBLISH / "upload-to-object-store.sh"


@pytest.mark.parametrize("recipe", ["nginx-common.conf", "Caddyfile"])
def test_servers_send_the_policy_of_the_pages(recipe: str) -> None:
    text = (PUBLISH / recipe).read_text(encoding="utf-8")
    assert text.count(f'Content-Security-Policy "{content_policy.policy_header()}"') == 1, (
        content_policy.policy_header()
    )


@pytest.mark.parametrize(
    ("file", "options"),
    [
        (".github/workflows/pages.yml", ["vendor.github-workflows"]),
        (".github/workflows/release.yml", ["vendor.github-workflows"]),
        (".gitlab-ci.yml", ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"]),
    ],
)
def test_workflows_are_valid_for_their_hosts(file: str, options: list[str]) -> None:
    done = run_module("check_jsonschema", "--builtin-schema", *options, file, cwd=sites.SHIPPED)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def build_script(host: str) -> str:
    """Return what a workflow of this repository runs to build the site that it publishes."""
    if host == "github":
        steps = yaml.safe_load((sites.SHIPPED / ".github/workflows/pages.yml").read_text())["jobs"]["build"]["steps"]
        return str(next(step["run"] for step in steps if step.get("id") == "site"))
    return "\n".join(yaml.safe_load((sites.SHIPPED / ".gitlab-ci.yml").read_text())["pages"]["script"])


@pytest.mark.parametrize("host", ["github", "gitlab"])
@pytest.mark.parametrize(("code", "expected"), [(0, 0), (3, 0), (1, 1)])
def test_workflows_deploy_on_zero_and_on_three(host: str, code: int, expected: int, tmp_path: Path) -> None:
    for name, ends in (("make", 0), (".venv/bin/mkdocs", code)):
        program = tmp_path / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\nexit {ends}\n", encoding="utf-8")
        program.chmod(0o755)
    (tmp_path / "public").mkdir()
    known = tmp_path / ("code" if host == "github" else "build-code")
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "GITHUB_OUTPUT": str(known), "SOURCE_DATE_EPOCH": "1"}
    command = ["bash", "-eo", "pipefail", "-c", build_script(host)]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == expected, done.stderr
    assert known.read_text(encoding="utf-8").strip().removeprefix("code=") == str(code)


def test_former_pages_are_rules_for_hosts(deep_site: Path) -> None:
    lines = (deep_site / "_redirects").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "# former path, present path, status",
        "/some/path/faq/it-picks/ /some/path/faq/first-workflow/ 301",
        "/some/path/reference/speed/ /some/path/contribute/speed/ 301",
    ]
    assert published.file_at(deep_site, f"{published.DEEP}faq/it-picks/", published.DEEP)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Path]:
    with object_store.with_command(tmp_path) as folder:
        yield folder


def upload(site: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [str(UPLOAD), str(site), "s3://bucket/model/"]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)


def files(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.slow
def test_an_upload_is_whole_before_it_is_current(built_site: Path, store: Path) -> None:
    done = upload(built_site)
    assert done.returncode == 0, done.stderr
    current = (store / "bucket/model/current").read_text(encoding="utf-8").strip()
    assert files(store / f"bucket/model/releases/{current}") == files(built_site)


@pytest.mark.slow
def test_every_file_is_written_once_and_only_hashed_names_are_kept(built_site: Path, store: Path) -> None:
    upload(built_site)
    written = [line.split(" ", 1) for line in (store / "written").read_text(encoding="utf-8").splitlines()]
    assert sorted(name for name, _ in written) == sorted(files(built_site))
    kept = [name for name, how_long in written if "immutable" in how_long]
    assert kept
    assert [name for name in kept if not re.search(r"\.[0-9a-f]{8}\.min\.(css|js)(\.map)?$", name)] == []


@pytest.mark.slow
def test_an_upload_that_fails_leaves_what_was_current(built_site: Path, store: Path, tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    (first / "index.html").write_text("first", encoding="utf-8")
    assert upload(first).returncode == 0
    before = (store / "bucket/model/current").read_text(encoding="utf-8")
    assert upload(built_site, BREAK="index.md").returncode != 0
    assert (store / "bucket/model/current").read_text(encoding="utf-8") == before


@pytest.mark.slow
def test_the_same_site_has_the_same_name(built_site: Path, store: Path) -> None:
    names = {upload(built_site).stdout.split()[0] for _ in range(2)}
    assert len(names) == 1
    assert len(list((store / "bucket/model/releases").iterdir())) == 1


@pytest.mark.parametrize("target", ["", "s3://", "bucket/model"])
def test_a_wrong_target_is_a_wrong_usage(built_site: Path, target: str) -> None:
    done = subprocess.run([str(UPLOAD), str(built_site), target], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.split(":")[0]) == (2, "usage")
