namespace BotDispatch.PretendSlack.State;

/// <summary>The dialogs and Home tabs of a workspace.</summary>
internal sealed class Dialogs
{
    public List<OpenView> All { get; } = [];

    public Dictionary<string, OpenView> Homes { get; } = [];

    public OpenView? Find(string? id, string? externalId) =>
        All.Concat(Homes.Values).LastOrDefault(view => view.IsOpen && (id is not null ? view.Id == id : externalId is { Length: > 0 } && view.Content.Word("external_id") == externalId));

    /// <summary>What this person sees on top.</summary>
    public OpenView? Top(string user) => All.LastOrDefault(view => view.IsOpen && view.User == user);

    public int Depth(string user) => All.Count(view => view.IsOpen && view.User == user);

    public void CloseAll(string user)
    {
        foreach (var view in All.Where(view => view.User == user)) view.IsOpen = false;
    }
}
