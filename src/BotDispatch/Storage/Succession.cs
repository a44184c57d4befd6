namespace BotDispatch.Storage;

/// <summary>Queries that follow re-dispatches: each closed dispatch is replaced by at most one later one.</summary>
internal static class Succession
{
    /// <summary>
    /// Selects the id in <paramref name="parameter"/> and the ids of all dispatches that it replaced, directly or through others.
    /// </summary>
    public static string Predecessors(string parameter) =>
        Walk(parameter, "SELECT d.id FROM dispatches d JOIN succession ON d.replaced_by = succession.id");

    /// <summary>
    /// Selects the id in <paramref name="parameter"/> and the ids of all dispatches that replaced it, directly or through others.
    /// </summary>
    public static string Successors(string parameter) =>
        Walk(parameter, "SELECT d.replaced_by FROM dispatches d JOIN succession ON d.id = succession.id WHERE d.replaced_by IS NOT NULL");

    static string Walk(string parameter, string next) => $"""
        WITH RECURSIVE succession(id) AS (SELECT CAST({parameter} AS text) UNION {next})
        SELECT id FROM succession
        """;
}
