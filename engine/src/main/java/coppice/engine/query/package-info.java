/// How queries are answered: what is asked, how to get it with the least work, and the work itself.
///
/// Read [Question] first, then [Planner], which makes [Step]s of it, and [Answer], which runs them.
@NullMarked
package coppice.engine.query;

import org.jspecify.annotations.NullMarked;
