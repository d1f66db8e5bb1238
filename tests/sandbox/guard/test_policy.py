"""Does the policy file decide what happens, and is a broken one refused with a sentence?"""

from pathlib import Path

import pytest

from course.errors import CourseError
from sandbox.guard import check, load_policy
from sandbox.guard.policy import DEFAULT

USUAL = DEFAULT.read_text("utf-8")


def policy_file(folder: Path, *changes: tuple[str, str]) -> Path:
    text = USUAL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = folder / "policy.yaml"
    file.write_text(text, "utf-8")
    return file


def test_the_usual_policy_blocks_cpr_and_masks_the_rest() -> None:
    actions = {kind: rule.action for kind, rule in load_policy().rules.items()}
    assert actions.pop("CPR") == "block"
    assert actions.pop("INJECTION") == "warn"
    for kind in ("EMAIL", "PHONE", "BANK", "CASE", "PLATE", "SECRET"):
        assert actions.pop(kind) == "mask"
    assert set(actions) <= {"NAME", "ADDRESS", "HEALTH"}


def test_an_action_and_a_mask_can_be_changed(tmp_path: Path) -> None:
    changes = ("action: block, from: 0.5", "action: mask, from: 0.5"), ("[TELEFON]", "[NUMMER]")
    policy = load_policy(policy_file(tmp_path, *changes))
    result = check("cpr 130531-4567, tlf. 28123456", policy)
    assert (result.verdict, result.masked) == ("mask", "cpr [CPR], tlf. [NUMMER]")


def test_a_kind_can_only_warn(tmp_path: Path) -> None:
    policy = load_policy(
        policy_file(tmp_path, ('mask, from: 0.5, mask: "[E-MAIL]"', 'warn, from: 0, mask: "[E-MAIL]"'))
    )
    result = check("anna@example.dk", policy)
    assert (result.verdict, result.masked, len(result.findings)) == ("allow", "anna@example.dk", 1)


def test_below_its_threshold_a_kind_only_warns(tmp_path: Path) -> None:
    policy = load_policy(policy_file(tmp_path, ("action: block, from: 0.5", "action: block, from: 0.9")))
    assert check("1305314567", policy).verdict == "allow"
    assert check("cpr 130531-4567", policy).verdict == "block"


def test_own_numbers_are_read_in_any_form(tmp_path: Path) -> None:
    policy = load_policy(policy_file(tmp_path, ("- 39 57 50 00 ", "- +45 28123456\n    - 28123457")))
    assert check("28 12 34 56 og +4528123457", policy).findings == ()
    assert check("39 57 50 00", policy).verdict == "mask"


def test_own_mailboxes_and_public_names_are_not_found(tmp_path: Path) -> None:
    policy = load_policy(policy_file(tmp_path, ("names: []", "names: [Grete  Holm-Eksempel]")))
    assert policy.is_own("NAME", "grete holm-eksempel")
    assert not policy.is_own("NAME", "Grete")
    assert check("Kommunen@Gladsaxe.dk", policy).findings == ()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("schema: 1", "schema: 2"), "schema"),
        (("action: block", "action: stop"), "stop"),
        (("from: 0.5", "from: 5"), "from"),
        (("  PHONE:", "  FONE:"), "PHONE"),
        (("own:", "owns:"), "owns"),
        (("schema: 1", "schema: ["), "YAML"),
    ],
)
def test_a_broken_policy_is_refused_with_the_field_named(tmp_path: Path, change: tuple[str, str], named: str) -> None:
    with pytest.raises(CourseError, match=named):
        load_policy(policy_file(tmp_path, change))


def test_a_missing_policy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="no policy file"):
        load_policy(tmp_path / "gone.yaml")
