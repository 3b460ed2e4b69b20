package coppice.vector;

/// What a search knows of a query and the codes of a slab before it looks at these. With the raw result of
/// comparing codes, the greatest score that a row may have is
///
/// ```text
/// scale (times raw + plus) + error byError + norm byNorm + offset + constant
/// ```
///
/// @param code of the query
record Probe<Q>(Q code, float times, float plus, float byError, float byNorm, float constant) {}
