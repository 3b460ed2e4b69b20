/// The command line: one class per command, started by [coppice.cli.Main].
@NullMarked
package coppice.cli;

import org.jspecify.annotations.NullMarked;
