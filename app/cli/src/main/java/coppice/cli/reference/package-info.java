/// Real tables that every JDK brings along: countries, regions, languages, scripts, currencies, locales, time zones
/// and what their clocks did.
///
/// Read [coppice.cli.reference.ReferenceTables] first. The rows depend on nothing but the JDK, and come in the order
/// of their keys.
@NullMarked
package coppice.cli.reference;

import org.jspecify.annotations.NullMarked;
