/// The commands, one class each.
///
/// Read [coppice.cli.command.Commands] first: it lists them all and makes only the one that is asked for, because
/// making all of them would cost more time than most of them take.
@NullMarked
package coppice.cli.command;

import org.jspecify.annotations.NullMarked;
