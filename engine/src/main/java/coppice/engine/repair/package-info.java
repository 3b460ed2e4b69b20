/// Brings a damaged database back from what is left of it or from copies. Read [Repairing] first.
@NullMarked
package coppice.engine.repair;

import org.jspecify.annotations.NullMarked;
