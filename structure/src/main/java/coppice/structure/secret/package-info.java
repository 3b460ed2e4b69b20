/// Values that only those can read who have a secret. Read [Keyring] first.
@NullMarked
package coppice.structure.secret;

import org.jspecify.annotations.NullMarked;
