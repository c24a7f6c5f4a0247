"""A committed record that was altered is found in every circumstance, or the check says that it could not look."""

import inspect
import os
import re
import shutil
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from opmodel.cache import Cache
from opmodel.commands.main import command_group
from opmodel.environment import on_ci
from opmodel.files import git as git_module
from opmodel.model.problem import Problem, Severity
from opmodel.readiness.history import HISTORY_MISSING
from opmodel.rules.catalog import RULE_GROUPS
from opmodel.rules.check import check
from opmodel.rules.quick_check import quick_check
from opmodel.rules.readiness import history_missing
from sites import INTAKE, SIGNOFFS, TODAY, build, commit, edit, git, good, run_build

PACKAGE = Path(git_module.__file__).parent
REAL_GIT = shutil.which("git") or "git"
ALTERED = "signoff-altered"


def alter(site: Path) -> None:
    edit(site, SIGNOFFS, '"Head of Platform"', '"head of platform"')
    commit(site, "Alter")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose second commit alters a record of the first."""
    site = good(tmp_path / "site")
    commit(site)
    alter(site)
    return site


def found(site: Path, *, required: bool = False) -> list[Problem]:
    """Return what a check says of altered records and of the history."""
    problems = check(site, TODAY, require_history=required).problems
    return [problem for problem in problems if problem.rule in (ALTERED, HISTORY_MISSING)]


Patch = pytest.MonkeyPatch
Circumstance = Callable[[Path, Patch], None]


def config(site: Path, *pairs: str) -> None:
    for pair in pairs:
        git(site, "config", *pair.split("=", 1))


def nothing_special(site: Path, patch: Patch) -> None:
    pass


def replaced_commit(site: Path, patch: Patch) -> None:
    git(site, "replace", "HEAD", git(site, "commit-tree", "-m", "Other", "HEAD^{tree}").strip())


def replaced_content(site: Path, patch: Patch) -> None:
    git(site, "replace", git(site, "rev-parse", f"HEAD~1:{SIGNOFFS}").strip(), f"HEAD:{SIGNOFFS}")


def grafted(site: Path, patch: Patch) -> None:
    (site / ".git/info").mkdir(exist_ok=True)
    (site / ".git/info/grafts").write_text(git(site, "rev-parse", "HEAD"))


def settings_of_the_repository(site: Path, patch: Patch) -> None:
    config(
        site, "log.showRoot=false", "log.showSignature=true", "log.mailmap=true", "log.follow=true", "log.date=iso",
        "i18n.logOutputEncoding=UTF-16", "i18n.commitEncoding=UTF-16", "core.quotePath=true", "diff.external=false",
        "diff.renames=copies", "diff.noprefix=true", "diff.relative=false", "log.diffMerges=off", "color.ui=always",
        "core.pager=false", "core.fsmonitor=false", "alias.log=status", "format.pretty=oneline", "log.decorate=full",
        "core.useReplaceRefs=true", "diff.submodule=log", "log.excludeDecoration=x",
    )  # fmt: skip


def settings_of_the_user(site: Path, patch: Patch) -> None:
    settings = site.parent / "settings"
    settings.write_text("[log]\nshowRoot = false\nshowSignature = true\n[i18n]\nlogOutputEncoding = UTF-16\n")
    patch.setenv("GIT_CONFIG_GLOBAL", str(settings))


def order_of_files(site: Path, patch: Patch) -> None:
    config(site, "diff.orderFile=/nowhere")


def variables_of_a_hook(site: Path, patch: Patch) -> None:
    other = good(site.parent / "other")
    commit(other)
    for name, value in {
        "DIR": ".git",
        "WORK_TREE": ".",
        "INDEX_FILE": ".git/index",
        "OBJECT_DIRECTORY": ".git/objects",
    }.items():
        patch.setenv(f"GIT_{name}", str(other / value))


def variables_with_settings(site: Path, patch: Patch) -> None:
    given = {
        "CONFIG_COUNT": "1",
        "CONFIG_KEY_0": "log.showRoot",
        "CONFIG_VALUE_0": "false",
        "TRACE": "1",
        "PAGER": "false",
    }
    for name, value in given.items():
        patch.setenv(f"GIT_{name}", value)
    patch.setenv("LC_ALL", "de_DE.UTF-8")


def attributes(site: Path, patch: Patch) -> None:
    (site / ".gitattributes").write_text("* export-ignore export-subst eol=crlf -diff\n")
    commit(site)


def a_signed_branch_that_a_merge_dropped(site: Path, patch: Patch) -> None:
    shutil.rmtree(site / ".git")
    whole = (site / SIGNOFFS).read_text()
    (site / SIGNOFFS).write_text(whole[: whole.index("  - side: it\n")])
    commit(site)
    git(site, "checkout", "--quiet", "-b", "signed")
    (site / SIGNOFFS).write_text(whole)
    commit(site)
    git(site, "checkout", "--quiet", "main")
    git(site, "merge", "--quiet", "--strategy=ours", "--no-ff", "-m", "Merge", "signed")


def a_file_name_with_a_line_break(site: Path, patch: Patch) -> None:
    names = ("a\nb.yml", "a\x01deadbeef 2026-01-01\n:x.yml", "t\tab.yml", '"quoted".yml', "-x.yml")
    for name in names:
        (site / "data/workflows" / name).write_text("title: x\n")
    commit(site)
    for name in names:
        (site / "data/workflows" / name).unlink()
    commit(site)


def a_folder_name_that_is_not_utf_8(site: Path, patch: Patch) -> None:
    folder = site / "data" / "f\udcff\udcfe"
    folder.mkdir()
    (folder / "x.yml").write_text("a: 1\n")
    commit(site)
    shutil.rmtree(folder)
    commit(site)


def a_long_path(site: Path, patch: Patch) -> None:
    deep = site / "data" / "/".join(["d" * 200] * 8)
    deep.mkdir(parents=True)
    (deep / "x.yml").write_text("a: 1\n")
    commit(site)
    shutil.rmtree(site / "data" / ("d" * 200))
    commit(site)


def absurd_dates_and_names(site: Path, patch: Patch) -> None:
    tree = git(site, "rev-parse", "HEAD^{tree}").strip()
    for when in ("99999999999999999 +0000", "-1 +9999", "0 -0000", "nonsense"):
        parent = git(site, "rev-parse", "HEAD").strip()
        who = f"A\x1b[31m\x07\x01 <a@b> {when}"
        body = f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\nencoding UTF-16\n\n\x01{parent} 1\n:x\n"
        command = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
        made = subprocess.run(command, cwd=site, input=body.encode(), capture_output=True, check=True).stdout
        git(site, "update-ref", "HEAD", made.decode().strip())


def a_submodule_and_links(site: Path, patch: Patch) -> None:
    head = git(site, "rev-parse", "HEAD").strip()
    git(site, "update-index", "--add", "--cacheinfo", f"160000,{head[::-1]},data/workflows/module")
    git(site, "commit", "--quiet", "-m", "Module")
    git(site, "rm", "--quiet", "--cached", "data/workflows/module")
    (site / "data/signoffs/link.yml").symlink_to("../../../nowhere")
    commit(site)
    (site / "data/signoffs/link.yml").unlink()
    commit(site)


def a_work_tree_of_its_own(site: Path, patch: Patch) -> None:
    git(site, "branch", "other")
    git(site, "worktree", "add", "--quiet", "../tree", "other")
    shutil.rmtree(site / "data")
    shutil.move(site / ".git", site.parent / "main.git")
    (site.parent / "tree/.git").write_text(f"gitdir: {site.parent}/main.git/worktrees/tree\n")
    site.rename(site.parent / "gone")
    (site.parent / "tree").rename(site)


FOUND = [
    nothing_special, replaced_commit, replaced_content, grafted, settings_of_the_repository, settings_of_the_user,
    order_of_files, variables_of_a_hook, variables_with_settings, attributes,
    a_signed_branch_that_a_merge_dropped, a_file_name_with_a_line_break, a_folder_name_that_is_not_utf_8, a_long_path,
    absurd_dates_and_names, a_submodule_and_links, a_work_tree_of_its_own,
]  # fmt: skip


@pytest.mark.parametrize("circumstance", FOUND)
def test_an_altered_record_is_found(circumstance: Circumstance, site: Path, monkeypatch: Patch) -> None:
    circumstance(site, monkeypatch)
    assert [problem.rule for problem in found(site)] == [ALTERED]


def fake_git(site: Path, patch: Patch, script: str) -> None:
    """Put another git in front of the real one."""
    tool = site.parent / "bin/git"
    tool.parent.mkdir(exist_ok=True)
    tool.write_text(f"#!/bin/sh\n{script}\n")
    tool.chmod(0o755)
    patch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")


def cloned(site: Path, *options: str) -> None:
    config(site, "uploadpack.allowFilter=true")
    git(site.parent, "clone", "--quiet", *options, f"file://{site}", "clone")
    shutil.rmtree(site)
    (site.parent / "clone").rename(site)


def shallow(site: Path, patch: Patch) -> None:
    cloned(site, "--depth=1")


def without_old_content(site: Path, patch: Patch) -> None:
    cloned(site, "--filter=blob:none")
    git(site, "config", "remote.origin.url", "file:///nowhere")


def no_git(site: Path, patch: Patch) -> None:
    (site.parent / "empty").mkdir()
    patch.setenv("PATH", str(site.parent / "empty"))


def git_that_cannot_run(site: Path, patch: Patch) -> None:
    fake_git(site, patch, "echo 'fatal: out of luck' >&2; exit 3")


def short_wait(patch: Patch) -> None:
    defaults: dict[str, object] = git_module.run_git.__kwdefaults__ or {}
    patch.setitem(defaults, "limit", git_module.AnswerLimit(0.2, 1))


def git_that_says_nothing(site: Path, patch: Patch) -> None:
    fake_git(site, patch, "exit 0")


def git_that_says_something_odd(site: Path, patch: Patch) -> None:
    fake_git(site, patch, "echo true false maybe")


def git_with_an_odd_log(site: Path, patch: Patch) -> None:
    odd = "printf ':odd\\000'"
    fake_git(site, patch, f'case "$*" in *" log "*) {odd};; *) exec "{REAL_GIT}" "$@";; esac')


def git_that_says_nothing_of_content(site: Path, patch: Patch) -> None:
    fake_git(site, patch, f'case "$*" in *" cat-file "*) exit 0;; *) exec "{REAL_GIT}" "$@";; esac')


def git_that_never_ends(site: Path, patch: Patch) -> None:
    fake_git(site, patch, "exec yes endless")


def git_that_leaves_a_child_behind(site: Path, patch: Patch) -> None:
    fake_git(site, patch, "sleep 2 & exit 0")
    short_wait(patch)


def head_that_is_damaged(site: Path, patch: Patch) -> None:
    (site / ".git/HEAD").write_text("nonsense\n")


def git_that_hangs(site: Path, patch: Patch) -> None:
    fake_git(site, patch, "exec sleep 30")
    short_wait(patch)


def another_owner(site: Path, patch: Patch) -> None:
    fake_git(site, patch, f'export GIT_TEST_ASSUME_DIFFERENT_OWNER=1; exec "{REAL_GIT}" "$@"')


def no_repository(site: Path, patch: Patch) -> None:
    shutil.rmtree(site / ".git")


def no_commit(site: Path, patch: Patch) -> None:
    shutil.rmtree(site / ".git")
    git(site, "init", "--quiet")


def not_tracked(site: Path, patch: Patch) -> None:
    shutil.rmtree(site / ".git")
    git(site, "init", "--quiet")
    git(site, "commit", "--quiet", "--allow-empty", "-m", "Other things")


def repository_that_is_elsewhere(site: Path, patch: Patch) -> None:
    shutil.rmtree(site / ".git")
    (site / ".git").write_text("gitdir: /nowhere/.git/worktrees/site\n")


def branch_that_is_damaged(site: Path, patch: Patch) -> None:
    (site / ".git/refs/heads/main").write_text("1234567890" * 4)


def lost(site: Path, name: str) -> None:
    """Take one object out of a repository."""
    number = git(site, "rev-parse", name).strip()
    (site / ".git/objects" / number[:2] / number[2:]).unlink()


def lost_commit(site: Path, patch: Patch) -> None:
    lost(site, "HEAD~1")


def lost_folder(site: Path, patch: Patch) -> None:
    lost(site, "HEAD~1:data/signoffs")


def lost_record(site: Path, patch: Patch) -> None:
    lost(site, f"HEAD~1:{SIGNOFFS}")


def work_tree_elsewhere(site: Path, patch: Patch) -> None:
    (site.parent / "away").mkdir()
    config(site, f"core.worktree={site.parent / 'away'}")


def bare(site: Path, patch: Patch) -> None:
    config(site, "core.bare=true")


def newer_kind(site: Path, patch: Patch) -> None:
    config(site, "core.repositoryFormatVersion=1", "extensions.unheardOf=true")


def old_record(site: Path) -> Path:
    """Return the file of the record's first version in the repository."""
    number = git(site, "rev-parse", f"HEAD~1:{SIGNOFFS}").strip()
    file = site / ".git/objects" / number[:2] / number[2:]
    file.chmod(0o644)
    return file


def content_that_was_changed(site: Path, patch: Patch) -> None:
    file = old_record(site)
    data = zlib.decompress(file.read_bytes())
    file.write_bytes(zlib.compress(data.replace(b"Head of Platform", b"head of platform")))  # as it is now, unaltered


def content_that_is_cut_off(site: Path, patch: Patch) -> None:
    file = old_record(site)
    file.write_bytes(file.read_bytes()[:-20])  # git still knows its kind and size, which is all that it is asked first


MISSING: dict[Circumstance, tuple[str, str]] = {
    shallow: ("this clone is shallow", "git fetch --unshallow"),
    without_old_content: ("this clone is partial", "git fetch --refetch --no-filter"),
    no_git: ("git is not installed", "install git"),
    git_that_cannot_run: ('says "fatal: out of luck"', "git fsck"),
    git_that_hangs: ("git gave no answer within", "git fsck"),
    git_that_says_nothing: ("git answered something that cannot be read", "git --version"),
    git_that_says_something_odd: ("git answered something that cannot be read", "git --version"),
    git_with_an_odd_log: ("git answered something that cannot be read", "git --version"),
    git_that_says_nothing_of_content: ("git answered something that cannot be read", "git --version"),
    git_that_never_ends: ("git answered with more than 1 MiB", "git --version"),
    git_that_leaves_a_child_behind: ("git gave no answer within", "git fsck"),
    head_that_is_damaged: ("git does not recognise the repository in ", "git fsck"),
    another_owner: ("files belong to another user", "git config --global --add safe.directory /"),
    no_repository: ("the site is in no git repository", "git init && git add --all && git commit"),
    no_commit: ("nothing was committed yet", "git add --all && git commit"),
    not_tracked: ("nothing of the site's data was ever committed", "git add data && git commit"),
    repository_that_is_elsewhere: ("not a git repository: /nowhere", "git fsck"),
    branch_that_is_damaged: ("git cannot read the repository", "git fetch --refetch"),
    lost_commit: ("git cannot read the repository", "git fetch --refetch"),
    lost_folder: ("git cannot read the repository", "git fetch --refetch"),
    content_that_was_changed: ("in the repository is damaged", "git fsck, or git fetch --refetch"),
    content_that_is_cut_off: ("git cannot read the repository", "git fetch --refetch"),
    lost_record: (f"the repository lacks {SIGNOFFS} of commit", "git fetch --refetch"),
    work_tree_elsewhere: ("outside the work tree", "git config --unset core.worktree"),
    bare: ("outside the work tree", "git config core.bare false"),
    newer_kind: ("unknown repository extension", "git fsck"),
}


@pytest.mark.parametrize("circumstance", MISSING)
def test_a_check_that_could_not_look_says_so_once_with_the_remedy(
    circumstance: Circumstance, site: Path, monkeypatch: Patch
) -> None:
    circumstance(site, monkeypatch)
    reason, remedy = MISSING[circumstance]
    (warning,) = found(site)
    (error,) = found(site, required=True)
    assert (warning.severity, error.severity) == (Severity.WARNING, Severity.ERROR)
    assert warning.message == error.message
    assert warning.message.startswith(f"not checked: {ALTERED}, because ")
    assert reason in warning.message
    assert remedy in warning.message.partition("; run: ")[2]


def test_what_a_packet_was_is_left_out_with_a_warning_where_the_repository_lacks_it(site: Path) -> None:
    edit(site, INTAKE, "status: live", "status: paused")
    commit(site)
    lost(site, f"HEAD~1:{INTAKE}")
    altered, warning = sorted(found(site, required=True), key=lambda problem: problem.severity)
    assert (altered.rule, warning.rule, warning.severity) == (ALTERED, HISTORY_MISSING, Severity.WARNING)
    assert f"left out of the history of packets: the repository lacks {INTAKE} of commit" in warning.message


def test_many_lost_versions_are_one_warning(site: Path) -> None:
    edit(site, SIGNOFFS, '"head of platform"', '"Head Of Platform"')
    commit(site)
    for name in ("HEAD~1", "HEAD~2"):
        lost(site, f"{name}:{SIGNOFFS}")
    (warning,) = found(site)
    assert "and 1 more" in warning.message


def test_a_history_that_was_mended_is_looked_at_again(site: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "memory")
    number = git(site, "rev-parse", f"HEAD~1:{SIGNOFFS}").strip()
    file = site / ".git/objects" / number[:2] / number[2:]
    file.rename(tmp_path / "away")
    assert HISTORY_MISSING in {problem.rule for problem in quick_check(site, TODAY, cache).problems}
    (tmp_path / "away").rename(file)
    assert HISTORY_MISSING not in {problem.rule for problem in quick_check(site, TODAY, cache).problems}


def test_a_content_that_was_damaged_is_looked_at_again(site: Path, tmp_path: Path, monkeypatch: Patch) -> None:
    cache = Cache(tmp_path / "memory")
    file = old_record(site)
    whole = file.read_bytes()
    content_that_is_cut_off(site, monkeypatch)
    assert HISTORY_MISSING in {problem.rule for problem in quick_check(site, TODAY, cache).problems}
    file.write_bytes(whole)
    assert HISTORY_MISSING not in {problem.rule for problem in quick_check(site, TODAY, cache).problems}


@pytest.mark.parametrize("value", ["true", "1", "TRUE", "github", "no", " "])
def test_ci_is_what_says_so(value: str) -> None:
    assert on_ci({"CI": value})


@pytest.mark.parametrize("environment", [{}, {"CI": ""}, {"CI": "0"}, {"CI": "false"}, {"CI": "False"}])
def test_all_else_is_no_ci(environment: dict[str, str]) -> None:
    assert not on_ci(environment)


@pytest.mark.parametrize(
    ("ci", "words", "code"),
    [
        ("", [], 0),
        ("false", [], 0),
        ("true", [], 1),
        ("true", ["--no-require-history"], 0),
        ("", ["--require-history"], 1),
        ("true", ["docs"], 1),
    ],
)
def test_a_check_requires_a_history_on_ci_or_when_it_is_told_to(
    ci: str, words: list[str], code: int, tmp_path: Path, monkeypatch: Patch
) -> None:
    monkeypatch.chdir(good(tmp_path))
    monkeypatch.setenv("CI", ci)
    done = CliRunner().invoke(command_group(), ["check", "--as-of", TODAY.isoformat(), *words])
    assert done.exit_code == code
    assert done.stdout.count(HISTORY_MISSING) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ci", "setting", "committed", "builds"),
    [
        ("", "", False, True),
        ("true", "", False, False),
        ("true", "", True, True),
        ("true", "false", False, True),
        ("", "true", False, False),
    ],
)
def test_a_strict_build_obeys_the_same_setting(
    ci: str, setting: str, committed: bool, builds: bool, tmp_path: Path
) -> None:
    site = good(tmp_path / "site")
    if setting:
        edit(site, "mkdocs.yml", "  - opmodel\n", f"  - opmodel:\n      require_history: {setting}\n")
    if committed:
        commit(site)
    done = run_build(site, CI=ci, SOURCE_DATE_EPOCH="1795305600", NO_MKDOCS_2_WARNING="1")
    assert (done.returncode == 0) is builds, done.stderr
    assert (HISTORY_MISSING in done.stderr) is not committed


@pytest.mark.parametrize("broken", ["records:\n  - {}\nrecords: []\n", "a: [\n"])
def test_a_file_of_records_that_is_no_yaml_has_that_error_alone(broken: str, site: Path) -> None:
    (site / SIGNOFFS).write_text(broken)
    assert [problem.place.path for problem in check(site, TODAY).errors] == [SIGNOFFS]


@pytest.mark.parametrize("broken", ["a: [\n", "status: unknown\n"])
def test_records_of_a_renamed_packet_with_an_error_are_not_taken_for_removed(broken: str, tmp_path: Path) -> None:
    site = good(tmp_path)
    commit(site)
    name = Path(INTAKE).name
    for folder in ("workflows", "signoffs"):
        (site / "data" / folder / name).rename(site / "data" / folder / "reception.yml")
    renamed = site / "data/workflows/reception.yml"
    renamed.write_text(f"formerly: [{Path(INTAKE).stem}]\n{broken}{renamed.read_text()}")
    problems = check(site, TODAY).errors
    assert problems
    assert ALTERED not in {problem.rule for problem in problems}


@pytest.mark.slow
@pytest.mark.parametrize("required", [False, True])
def test_content_that_is_gone_once_pages_are_made_is_said_and_not_remembered(
    required: bool, tmp_path: Path, monkeypatch: Patch
) -> None:
    site = good(tmp_path / "site")
    commit(site)
    edit(site, "data/workflows/triage.yml", "title: Triage\n", "title: New Triage\n")
    commit(site)
    whole, asked = os.environ["PATH"], tmp_path / "asked"
    first = f'case "$*" in *"cat-file --batch") if [ -e {asked} ]; then exit 1; fi; touch {asked};; esac'
    fake_git(site, monkeypatch, f'{first}; exec "{REAL_GIT}" "$@"')  # the check asks once for old content
    done = run_build(site, CI="true" if required else "", SOURCE_DATE_EPOCH="1795305600", NO_MKDOCS_2_WARNING="1")
    assert (done.returncode == 0) is not required, done.stderr
    assert "left out of the history of packets, because git" in done.stderr
    assert HISTORY_MISSING in done.stderr
    assert "[macros]" not in done.stderr  # what the plugin finds in every site hides the line that matters
    if not required:
        monkeypatch.setenv("PATH", whole)
        page = (build(site) / "workflows/triage/index.html").read_text(encoding="utf-8")
        assert 'data-label="Was">Triage</td>' in page


@pytest.mark.parametrize("words", [["sign", "triage", "--side", "it", "--by", "Head of Platform"], ["permalinks"]])
def test_other_commands_say_it_too(words: list[str], tmp_path: Path) -> None:
    done = CliRunner().invoke(command_group(), [*words, "--site", str(good(tmp_path)), "--as-of", TODAY.isoformat()])
    assert "warning: not checked: signoff-altered, because the site is in no git repository" in done.stderr


def test_a_rule_that_looks_at_the_history_is_declared() -> None:
    rules = {rule for group in RULE_GROUPS for rule in group.rules}
    looking = {rule for rule in rules if ".history" in inspect.getsource(rule.find)}
    assert looking == {rule for rule in rules if rule.needs_history} | {history_missing}


def test_git_is_started_in_one_place() -> None:
    starting = re.compile(r"""["']git["'],""")
    assert [file.name for file in PACKAGE.rglob("*.py") if starting.search(file.read_text())] == ["git.py"]
