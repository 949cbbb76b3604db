"""The parts of a template, a file for each family of them: `part(report, options, …) -> Iterator[Block]`.

A part asks the report for its figures and sentences and generates blocks; which part stands where is `compose`'s.
"""
