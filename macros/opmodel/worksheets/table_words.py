"""Words of headings in responsibility tables, folded, in the languages in which they were found."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAME_WORDS = _words("""
    responsibility responsibilities subcategory task tasks activity activities deliverable deliverables step steps
    action actions process processes item items duty duties work function functions decisions control practice
    milestone milestones artifact capability requirement aufgabe aufgaben aktivitat tatigkeit schritt tache
    taches activite activites livrable actividad atividade tarefa tarea
""")
"""What the column of names is called."""
BESIDE_NAMES = _words("name title key the of main project process or and description list raci roles role decision")
"""What may stand beside such a word."""
NO_ROLES = _words("""
    priority status due date start end notes note comment comments remark remarks cost effort hours days
    frequency class category type version progress total totals count sum weight score bemerkung bemerkungen
    kommentar prioritat priorite statut commentaire commentaires deadline reference references link level risk
    tool tools
""")
"""Headings that no role has, though letters may stand below them."""
FIELDS = {
    "meaning": _words("meaning description details definition explanation beschreibung"),
    "layer": _words("layer side"),
    "phase": _words("phase phases stage etape fase"),
    "evidence": _words("evidence section"),
    "id": _words("id no nr number ref reference key num wbs"),
    "group": _words("area category domain workstream stream theme group pillar bereich domaine"),
}
"""Headings of columns that say something else of a responsibility."""
CORNER_WORDS = _words("role roles team teams person people who stakeholder stakeholders position rolle rollen")
"""What stands above roles that run down the first column."""
ROLE_WORDS = _words("""
    admin administrator agent analyst architect architecture audit auditor board business ceo cfo cio ciso
    committee compliance coo coordinator cto customer dba department design designer dev developer developers
    development devops director engineer engineering executive finance head hr infrastructure it lead leader
    leadership legal leiter manager management marketing master officer operations ops owner partner platform pm
    pmo po privacy procurement product qa quality requester sales scrum security specialist sponsor sre staff
    stakeholder stakeholders steerco steering supplier support team test tester testers user users ux vendor
""")
"""Words of which names of roles are made, and names of people are not."""
