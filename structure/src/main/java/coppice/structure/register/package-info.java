/// Registers over spaces. Read [SpaceRegister] first.
@NullMarked
package coppice.structure.register;

import org.jspecify.annotations.NullMarked;
