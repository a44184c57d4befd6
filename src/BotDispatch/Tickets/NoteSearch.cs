using System.Text.Json;

namespace BotDispatch.Tickets;

/// <summary>Looks for a note of ours among the comments of a ticket.</summary>
/// <remarks>
/// A comment may have 64 KB in GitHub and Zendesk, which sends it three times in one answer, and a million signs in GitLab; so one answer
/// with many of them may be far larger than any other. A note of ours is among the last, so few are asked for first.
/// </remarks>
internal sealed partial class SystemClient
{
    /// <summary>The name at <see cref="IHttpClientFactory"/> of the client that reads comments.</summary>
    public const string NotesClient = "Tickets, notes";

    /// <summary>How many of the last comments are asked for, one number after the other, until a note is found.</summary>
    public static readonly IReadOnlyList<int> NotesAtOnce = [10, 100];

    /// <summary>Asks for comments, whose answer may have 16 MB.</summary>
    /// <param name="pathAndQuery">The address.</param>
    /// <param name="ct">The caller waits no longer.</param>
    public Task<SystemAnswer> GetNotesAsync(string pathAndQuery, CancellationToken ct) =>
        NotedAsync(() => SendAsync(new Uri(account.ApiRoot, pathAndQuery), MostRedirects, null, NotesClient, ct));

    /// <summary>Returns whether a note is among the last comments of a ticket; null if they cannot be read.</summary>
    /// <param name="pages">The addresses of the last comments, for how many are asked for at once.</param>
    /// <param name="list">Reads the comments from an answer; null if it has another shape.</param>
    /// <param name="isNote">Whether a comment is the note.</param>
    /// <param name="ct">The caller waits no longer.</param>
    public async Task<bool?> HasNoteAsync(Func<int, IEnumerable<string>> pages, Func<JsonElement, IEnumerable<JsonElement>?> list,
        Func<JsonElement, bool> isNote, CancellationToken ct)
    {
        foreach (var size in NotesAtOnce)
        {
            var read = 0;
            foreach (var page in pages(size))
            {
                if (await GetNotesAsync(page, ct) is not SystemAnswer.Content(var body) || list(body)?.ToList() is not { } notes)
                    return null;
                if (notes.Exists(each => isNote(each)))
                    return true;
                read += notes.Count;
            }
            if (read < size)
                return false;
        }
        return false;
    }
}
