/// How commits, changes and conflicts look: the database's own values made into text.
///
/// Read [coppice.cli.view.Shown] first: it says how bytes that may be anything are shown.
@NullMarked
package coppice.cli.view;

import org.jspecify.annotations.NullMarked;
