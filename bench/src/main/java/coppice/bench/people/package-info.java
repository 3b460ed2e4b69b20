/// Stores of people that are found by what is in them: Coppice with projections, databases with indexes. Read
/// [PeopleStore] first.
@NullMarked
package coppice.bench.people;

import org.jspecify.annotations.NullMarked;
