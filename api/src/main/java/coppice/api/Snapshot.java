package coppice.api;

import coppice.api.projection.ProjectionView;
import coppice.api.query.Query;
import coppice.api.schema.SchemaView;
import coppice.api.structure.StructuredView;
import coppice.api.structure.StructuresView;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// One immutable state of a database, to read. Stays the same whatever happens meanwhile, and holds no lock.
public interface Snapshot extends StructuredView {
    /// A space as it is in this state. A space nobody wrote to is empty.
    SpaceView space(String name);

    /// The names of the spaces that hold at least one key, in order.
    List<String> spaces();

    /// A question for the rows of a space in this state.
    ///
    /// @throws DatabaseException.Incorrect when no space can have this name
    Query query(String space);

    /// The structures of this state.
    @Override
    StructuresView structures();

    /// The types of this state.
    SchemaView schema();

    /// A projection as it is in this state.
    ///
    /// @throws DatabaseException.NotFound when there is none of this name
    ProjectionView projection(String name);

    /// Writes spaces as JSON lines, from which [Branch#importLines] makes exactly the same entries, whatever
    /// bytes they are: an object a line with `space`, `key` (or `key64`, in base64) and `value` (JSON as it is; or
    /// `text`, other text; or `value64`, in base64). Lines end with a line feed, the stream is flushed and stays
    /// open. Costs a read of the spaces, and the memory of one row.
    ///
    /// @return how many rows
    /// @throws IOException when the stream fails
    long exportLines(OutputStream out, Export how) throws IOException;

    /// Writes everything; see [#exportLines(OutputStream, Export)].
    default long exportLines(OutputStream out) throws IOException {
        return exportLines(out, Export.all());
    }

    /// The commit this is the state of; of a branch with uncommitted changes, the commit they build on.
    Commit commit();
}
