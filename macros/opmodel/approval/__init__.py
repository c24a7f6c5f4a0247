"""Approval models as decision tables: read, proven, decided and put into words. Pure functions, no files.

- `check.check(approval)` returns the table, its proof, and every fault.
- `table.compile_table(approval)` returns a `DecisionTable` or raises `TableError` with the faults of its conditions.
- `proof.prove(table)` returns a `Proof`: gaps, overlaps and unreachable rules, each with a concrete case.
- `case_input.parse_case(table, words)` reads ``amount=4999``; `decide.decide(table, case)` returns its `Decision`.
- `decide.run_examples(table)` returns the faults of the examples.
- `sentences.sentences(table)` returns one plain sentence for each rule.
- `export.export(table)` returns data for JSON.
"""
