/// Asking for rows by what is in them. Read [Query] first.
@NullMarked
package coppice.api.query;

import org.jspecify.annotations.NullMarked;
