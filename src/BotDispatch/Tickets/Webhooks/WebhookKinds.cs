using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Tickets.GitHub;
using BotDispatch.Tickets.GitLab;
using BotDispatch.Tickets.Jira;
using BotDispatch.Tickets.Redmine;
using BotDispatch.Tickets.RequestTracker;
using BotDispatch.Tickets.ServiceNow;
using BotDispatch.Tickets.Zendesk;

namespace BotDispatch.Tickets.Webhooks;

/// <summary>What each ticket system posts when a ticket changes. Those that never sign post with a key of the API.</summary>
internal static class WebhookKinds
{
    /// <summary>Returns what the system with these settings posts.</summary>
    public static WebhookKind Of(SystemSettings settings) => settings switch
    {
        JiraOptions { WebhookSecret: var secret } => new(secret, WebhookSignatures.Jira, OfJira),
        GitHubOptions { WebhookSecret: var secret } => new(secret, WebhookSignatures.GitHub, OfGitHub),
        GitLabOptions { WebhookSecret: var secret } => new(secret, WebhookSignatures.GitLab(secret), OfGitLab),
        ZendeskOptions { WebhookSecret: var secret } => new(secret, WebhookSignatures.Zendesk, OfZendesk),
        ServiceNowOptions => new("", null, static message => [message.Text("number")]),
        RedmineOptions => new("", null, OfRedmine),
        RequestTrackerOptions => new("", null, static message => [message.Text("id")]),
        _ => new("", null, static _ => []),
    };

    // https://developer.atlassian.com/cloud/jira/platform/webhooks/: issues, comments and work logs all come with their issue.
    static IEnumerable<string?> OfJira(JsonElement message) => [message.Text("issue", "key")];

    // https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues; a comment on a pull request has an "issue", too.
    static IEnumerable<string?> OfGitHub(JsonElement message) =>
        message.Text("repository", "full_name") is { } repository && message.Text("issue", "number") is { } number
            ? [$"{repository}#{number}"] : [];

    // https://docs.gitlab.com/user/project/integrations/webhook_events/: object_attributes is also what merge requests have.
    static IEnumerable<string?> OfGitLab(JsonElement message)
    {
        var number = message.Text("object_kind") switch
        {
            "issue" or "incident" or "work_item" => message.Text("object_attributes", "iid"),
            "note" => message.Text("issue", "iid") ?? message.Text("work_item", "iid"),
            _ => null,
        };
        return number is not null && message.Text("project", "path_with_namespace") is { } project ? [$"{project}#{number}"] : [];
    }

    // A trigger sends what the administrator writes, and a subscription to events sends the ticket under "detail".
    // https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/
    static IEnumerable<string?> OfZendesk(JsonElement message) =>
        message.Text("type") is not { } type ? [message.Text("id"), message.Text("ticket_id"), message.Text("ticket", "id")]
            : type.StartsWith("zen:event-type:ticket.", StringComparison.Ordinal) ? [message.Text("detail", "id")] : [];

    // Redmine itself posts nothing (5.0.4); this is the form of its plugins.
    static IEnumerable<string?> OfRedmine(JsonElement message) =>
        [message.Field("payload")?.Text("issue", "id") ?? message.Text("issue", "id") ?? message.Text("id")];
}
