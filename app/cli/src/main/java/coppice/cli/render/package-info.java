/// Output worth looking at, for a terminal and for a pipe.
///
/// Read [coppice.cli.render.Text] first: everything here makes lines of styled text, and [coppice.cli.render.Screen]
/// alone decides whether the styles reach the terminal. Nothing here knows a database.
@NullMarked
package coppice.cli.render;

import org.jspecify.annotations.NullMarked;
