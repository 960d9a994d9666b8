"""Rule files: every rule carries its own examples, which run here under its name; a mistake in a file is told in full."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
import regex
from heshu.commands.rulebook import all_rules, failures
from heshu.extract.trials import TRIALS
from heshu.rules import loader
from heshu.rules.bounded import BoundedPattern, SlowRuleError, runaway
from heshu.rules.catalogue import Rule
from heshu.rules.loader import Entry, RuleError, parse
from heshu.rules.marks import marks, words_of
from heshu.rules.registry import OURS, OWN_FILES, RuleSet, active, rule_entries, using
from heshu.rules.units import unit_table
from heshu.rules.userules import MAKERS, load_rules
from hypothesis import given, settings
from hypothesis import strategies as st

RULES = all_rules()
TRIED = [rule for rule in RULES if rule.kind in TRIALS]


# --- our own rules ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", TRIED, ids=[rule.name for rule in TRIED])
def test_a_rule_reads_its_examples_and_leaves_its_counter_examples_alone(rule: Rule) -> None:
    assert [(failure.example, failure.wanted, failure.got) for failure in failures(rule)] == []


@pytest.mark.parametrize("rule", TRIED, ids=[rule.name for rule in TRIED])
def test_a_rule_says_what_it_is_for_and_shows_what_it_reads(rule: Rule) -> None:
    assert rule.why.strip()
    assert rule.examples
    if rule.kind != "dated" and rule.name not in {"date.days", "date.day.lost_sign"}:
        assert rule.never


def test_no_word_reaches_without_end() -> None:
    """What may stand between a word and its figure is so many characters at most: endless, time grows with their square."""
    endless = regex.compile(r"\[\^[^\]]*。[^\]]*\](?:[*+]|\{\d+,\})")
    files = sorted(Path(loader.__file__).parent.rglob("*.toml"))
    lines = [(file.name, line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(files) > 10
    assert [(name, line) for name, line in lines if endless.search(line) and not line.startswith(("why", "#"))] == []


OUR_ENTRIES = [entry for kind in MAKERS for entry in rule_entries(kind, OURS)]


@pytest.mark.parametrize("entry", OUR_ENTRIES, ids=[f"{entry.name}.{entry.id}" for entry in OUR_ENTRIES])
def test_our_entries_pass_what_is_asked_of_a_users(entry: Entry) -> None:
    MAKERS[entry.name](replace(entry, ours=False))


def test_no_two_rules_have_one_name() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def test_whatever_reads_a_report_can_be_looked_up(tmp_path: Path) -> None:
    import heshu

    samples = Path(heshu.__file__).parent / "corpus" / "samples"
    extractions = heshu.audit(samples).extractions
    readers = {mention.rule for each in extractions for mention in each.mentions}
    readers |= {entry.rule for each in extractions for entry in each.ledger if entry.fate == "recognised"}
    assert readers <= {rule.name for rule in RULES}


@pytest.mark.parametrize("mark", marks(), ids=lambda mark: mark.id)
def test_no_mark_of_ours_takes_for_ever(mark) -> None:
    long = "青嵐市第12屆1,234,567-" * 400
    started = time.process_time()
    for _ in mark.compiled.finditer(long, timeout=5):
        pass
    assert time.process_time() - started < 5


# --- a folder of one's own --------------------------------------------------------------------------------------------

UNIT = """
[[unit]]
id = "library"
kind = "items"
why = "Volumes of our libraries."
words = ["冊次"]
examples = { "借閱1,250冊次" = "1250 冊次" }
"""
WORDS = '[[words]]\nid = "streets"\nwhy = "Our streets."\nwords = ["三榕街"]\nexamples = ["位於【三榕街】"]\n'
MARK = '[[mark]]\nid = "m"\nwhy = "w"\npattern = "x"\nexamples = ["【x】"]\n'
ROLE = '[[role]]\nid = "r"\nwhy = "w"\nrole = "target"\nbefore = "擬辦"\nexamples = { "擬辦【3人】" = "target" }\n'
NATURE = '[[nature]]\nid = "n"\nwhy = "w"\nreading = "level"\nbefore = "庋藏"\nexamples = { "庋藏【3件】" = "level" }\n'
AGENCY = '[[agency]]\nid = "a"\nwhy = "w"\nlevel = "local"\nname = "榕樹處"\n'
INDICATOR = """[[indicator]]
id = "i"
why = "w"
name = "借閱冊數"
english = "Volumes lent"
nature = "flow"
cues = ["借閱"]
before = "借閱{near}"
examples = ["借閱【30本】"]
"""
CATEGORY = '[[category]]\nid = "c"\nwhy = "w"\nname = "學童"\nenglish = "pupils"\nwords = ["學童"]\n'
ATOM = '[[atom]]\nid = "a"\nwhy = "w"\npattern = "x"\nexamples = ["x"]\n'


def own(folder: Path, text: str, name: str = "own.toml") -> RuleSet:
    (folder / name).write_text(text, encoding="utf-8")
    return load_rules(folder)


def words_of_unit(identity: str, rules: RuleSet) -> tuple[str, ...] | None:
    with using(rules):
        return next((group.words for group in unit_table().groups if group.id == identity), None)


def test_a_rule_of_ones_own_extends_ours(tmp_path: Path) -> None:
    rules = own(tmp_path, UNIT)
    assert words_of_unit("library", rules) == ("冊次",)
    assert words_of_unit("people", rules) == words_of_unit("people", OURS)
    assert words_of_unit("library", OURS) is None


def test_an_entry_with_the_same_id_takes_the_place_of_ours(tmp_path: Path) -> None:
    rules = own(tmp_path, UNIT.replace("library", "attendances"))
    assert words_of_unit("attendances", rules) == ("冊次",)
    places = [[entry.id for entry in rule_entries("unit", each)] for each in (OURS, rules)]
    assert places[0] == places[1]


def test_an_entry_can_be_switched_off(tmp_path: Path) -> None:
    rules = own(tmp_path, '[[unit]]\nid = "great"\ndisable = true\n')
    assert words_of_unit("great", rules) is None
    assert words_of_unit("great", OURS) is not None


def test_new_rules_are_tried_before_ours_and_new_atoms_behind(tmp_path: Path) -> None:
    atom = '[[atom]]\nid = "own"\nwhy = "w"\npattern = "{N}x"\nexamples = ["3x"]\n'
    rules = own(tmp_path, UNIT + atom)
    assert rule_entries("unit", rules)[0].id == "library"
    assert rule_entries("atom", rules)[-1].id == "own"


def test_all_files_of_a_folder_count_whatever_their_names(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(UNIT, encoding="utf-8")
    rules = own(tmp_path, WORDS, "b.toml")
    assert {entry.id for kind in OWN_FILES for entry in rule_entries(kind, rules) if not entry.ours} == {
        "library",
        "streets",
    }


def test_the_rules_in_use_end_with_their_block(tmp_path: Path) -> None:
    rules = own(tmp_path, UNIT)
    with using(rules):
        assert active() == rules
    assert active() == OURS


@pytest.mark.parametrize("text", [UNIT, WORDS, MARK, ROLE, NATURE, AGENCY, INDICATOR, CATEGORY, ATOM])
def test_every_kind_of_rule_can_be_added(tmp_path: Path, text: str) -> None:
    rules = own(tmp_path, text)
    (added,) = (rule for rule in all_rules(rules) if rule.standing == "yours")
    assert list(failures(added, rules)) == []


def test_a_set_of_rules_is_what_its_files_say(tmp_path: Path) -> None:
    first = own(tmp_path, UNIT)
    assert load_rules(tmp_path) == first
    assert own(tmp_path, UNIT.replace("冊次", "架位")) != first


def test_a_run_without_rules_of_ones_own_goes_by_ours() -> None:
    assert load_rules(None) is OURS


# --- mistakes ---------------------------------------------------------------------------------------------------------

FAULTS = {
    "no id": (UNIT.replace('id = "library"\n', ""), 2, "'id'", "a text"),
    "no why": (MARK.replace('why = "w"\n', ""), 1, "'why'", "a text"),
    "id twice": (MARK + MARK, 7, "'id'", "stands twice"),
    "unknown field": (UNIT + 'wirds = ["名"]\n', 8, "'wirds'", "one of id"),
    "words missing": (UNIT.replace('words = ["冊次"]\n', ""), 2, "'words'", "at least one unit"),
    "words no list": (UNIT.replace('["冊次"]', '"冊次"'), 6, "'words'", "a list of texts"),
    "words empty": (UNIT.replace('["冊次"]', '[""]'), 6, "'words'", "none of them empty"),
    "kind missing": (UNIT.replace('kind = "items"\n', ""), 2, "'kind'", "a text"),
    "numerals": (UNIT + 'numerals = "roman"\n', 8, "'numerals'", '"any" or "digits"'),
    "after no pattern": (UNIT + 'after = "["\n', 8, "'after'", "a pattern"),
    "no examples": (UNIT[: UNIT.index("examples")], 2, "'examples'", "at least one example"),
    "examples no table": (
        UNIT.replace('{ "借閱1,250冊次" = "1250 冊次" }', '["x"]'),
        7,
        "'examples'",
        "text = reading",
    ),
    "mark no pattern": (MARK.replace('"x"\nex', '"["\nex'), 4, "'pattern'", "a pattern of the regex module"),
    "mark fits nothing": (MARK.replace('"x"\nex', '"x*"\nex'), 4, "'pattern'", "the empty text"),
    "mark unknown atom": (MARK.replace('"x"\nex', '"{number}x"\nex'), 4, "'pattern'", "'number' is none"),
    "mark example": (MARK.replace("【x】", "x"), 5, "'examples'", "in 【 】"),
    "mark example twice marked": (MARK.replace("【x】", "【x】【x】"), 5, "'examples'", "in 【 】"),
    "mark strong": (MARK + 'strong = "yes"\n', 6, "'strong'", "true or false"),
    "words entry": (WORDS.replace('["三榕街"]', "[]"), 4, "'words'", "at least one word"),
    "role": (ROLE.replace('role = "target"', 'role = "guess"'), 4, "'role'", "one of actual"),
    "role sign": (ROLE + 'sign = "up"\n', 7, "'sign'", '"+" or "-"'),
    "role document": (ROLE + 'document = "letter"\n', 7, "'document'", '"budget" or "plan"'),
    "role before": (ROLE.replace('before = "擬辦"', 'before = "("'), 5, "'before'", "a pattern"),
    "nature": (NATURE.replace('"level"\nb', '"stock"\nb'), 4, "'reading'", "level, flow"),
    "agency level": (AGENCY.replace('"local"', '"city"'), 4, "'level'", "local or central"),
    "agency name": (AGENCY.replace('name = "榕樹處"\n', ""), 1, "'name'", "a text"),
    "indicator nature": (INDICATOR.replace('"flow"', '"stock"'), 6, "'nature'", "level, flow or norm"),
    "indicator cues": (INDICATOR.replace('["借閱"]', "[]"), 7, "'cues'", "at least one word"),
    "indicator runs away": (INDICATOR.replace('"借閱{near}"', "'(?:\\d+)+號'"), 8, "'before'", "runs away"),
    "category words": (CATEGORY.replace('["學童"]', "[]"), 6, "'words'", "at least one word"),
    "atom switched off": ('[[atom]]\nid = "near"\ndisable = true\n', 3, "'disable'", "a rule; an atom"),
    "atom name": (ATOM.replace('"a"', '"a-b"'), 2, "'id'", "letters, digits and _"),
    "atom pattern": (ATOM.replace('"x"\nex', '"("\nex'), 4, "'pattern'", "a pattern"),
    "switch without rule": ('[[unit]]\nid = "grate"\ndisable = true\n', 2, "'id'", "the id of one of our rules"),
    "switch and more": ('[[unit]]\nid = "great"\ndisable = true\nwords = ["大"]\n', 4, "'words'", "one of id"),
    "switch no flag": ('[[unit]]\nid = "great"\ndisable = "yes"\n', 3, "'disable'", "true or false"),
    "runs away": (MARK.replace('"x"\nex', "'(?:\\d+)+號'\nex"), 4, "'pattern'", "runs away"),
    "runs away in a role": (ROLE.replace('before = "擬辦"', "before = '(?:人|人人)+x'"), 5, "'before'", "runs away"),
    "runs away in a unit": (UNIT + "not_after = '(?:甲+)+乙'\n", 8, "'not_after'", "runs away"),
}


@pytest.mark.parametrize(("text", "line", "field", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_mistake_is_answered_with_file_line_field_and_what_was_expected(
    tmp_path: Path, text: str, line: int, field: str, expected: str
) -> None:
    with pytest.raises(RuleError) as caught:
        own(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'own.toml'}, line {line}, ")
    assert f"field {field}" in message
    assert expected in message
    assert "\n" not in message


WHOLE = {
    "not TOML": ("[[unit]]\nid = \n", "line 2: expected TOML"),
    "not TOML at the end": ('[[unit]]\nid = "a', "line 2: expected TOML"),
    "another table": ("[[unity]]\nid = 'a'\n", "line 1: expected only [[unit]]"),
    "single brackets": ("[unit]\nid = 'a'\n", "line 1: expected each entry under a line [[unit]]"),
    "inline": ("\nunit = [{ id = 'a' }]\n", "line 2: expected each entry under a line [[unit]]"),
    "loose field": ("id = 'a'\n", "line 1: expected only"),
}


@pytest.mark.parametrize(("text", "expected"), WHOLE.values(), ids=WHOLE)
def test_a_mistake_outside_of_entries_is_answered_with_file_and_line(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(RuleError, match=regex.escape(expected, special_only=True)) as caught:
        own(tmp_path, text)
    assert str(tmp_path / "own.toml") in str(caught.value)


def test_a_file_that_is_no_text_is_answered_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes("# 規則\n# ".encode() + "規".encode("cp950"))
    with pytest.raises(RuleError, match=r"own\.toml, line 2: expected text in UTF-8"):
        load_rules(tmp_path)


def test_the_same_id_in_two_files_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(UNIT, encoding="utf-8")
    with pytest.raises(RuleError, match=r"b\.toml, line 3, .* stands in .*a\.toml, line 2"):
        own(tmp_path, UNIT, "b.toml")


def test_a_folder_must_be_there_and_hold_rules(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="expected at least one rule file"):
        load_rules(tmp_path)
    with pytest.raises(RuleError, match="expected a folder"):
        load_rules(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "text",
    [
        UNIT.replace("[[unit]]", "  [[ unit ]]  # ours"),
        MARK.replace('"x"\nex', "'''\n[[mark]] |\nx\n'''\nex"),
        '[[unit]]\nid = "u"\nwhy = "w"\nkind = "k"\nwords = [\n  "冊次",  # [[unit]]\n]\n[unit.examples]\n"3冊次" = "3 冊次"\n',
    ],
    ids=["head with blanks and comment", "head inside a string", "list over lines, table of examples"],
)
def test_any_way_of_writing_toml_will_do(tmp_path: Path, text: str) -> None:
    own(tmp_path, text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("[]{}=\"'#.,\n unitmarkidwhy人1")), max_size=60))
def test_no_text_breaks_the_reading_of_rule_files(text: str) -> None:
    try:
        parse("own.toml", text, tuple(OWN_FILES))
    except RuleError as error:
        assert str(error).startswith("own.toml")


# --- patterns that run away -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pattern", ["(?:\\d+)+號", "(?:人|人人)+X", "(甲+)+乙", "\\d*\\d*\\d*\\d*號", "(?:\\w+\\s?)+="]
)
def test_a_pattern_that_runs_away_is_found(pattern: str) -> None:
    assert runaway(regex.compile(pattern)) is not None


@pytest.mark.parametrize(
    "pattern", ["第\\d+號", "(?:甲|乙)+丙", "[^,;。]{0,14}號", "[^,;。]*號x", "\\d[\\d,]*(?:\\.\\d+)?人"]
)
def test_an_ordinary_pattern_is_taken(pattern: str) -> None:
    assert runaway(regex.compile(pattern)) is None


def test_a_pattern_gives_up_after_a_while() -> None:
    slow = BoundedPattern(regex.compile("(?:\\d+)+號"), "mark", "slow", "own.toml", "pattern")
    started = time.process_time()
    with pytest.raises(SlowRuleError, match=r"own\.toml, \[\[mark\]\] slow, field 'pattern'"):
        list(slow.finditer("1" * 20000 + "\x00號"))
    assert time.process_time() - started < 10


def test_our_patterns_are_bounded_too_where_they_call_an_atom_of_ones_own(tmp_path: Path) -> None:
    rules = own(tmp_path, ATOM.replace('"a"', '"C"'))
    with using(rules):
        kinds = {mark.id: type(mark.compiled) for mark in marks()}
    assert kinds["address"] is BoundedPattern  # calls {N}, which is made of {C}
    assert kinds["web"] is not BoundedPattern


def test_words_cannot_run_away() -> None:
    assert all(group.words for group in words_of(OURS))
