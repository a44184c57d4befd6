using System.Text.Json;
using BotDispatch.Http;
using BotDispatch.Tickets.AnyHttp;
using BotDispatch.Tickets.GitHub;
using BotDispatch.Tickets.GitLab;
using BotDispatch.Tickets.Jira;
using BotDispatch.Tickets.Redmine;
using BotDispatch.Tickets.RequestTracker;
using BotDispatch.Tickets.ServiceNow;
using BotDispatch.Tickets.Zendesk;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tickets.Webhooks;

/// <summary>What each ticket system posts when a ticket changes. Those that never sign post with a key of the API.</summary>
internal static class WebhookKinds
{
    /// <summary>Returns all of them, with the secrets of the settings.</summary>
    public static IReadOnlyList<WebhookKind> All(IServiceProvider provider)
    {
        var (jira, gitHub, gitLab, zendesk) = (Of<JiraOptions>(), Of<GitHubOptions>(), Of<GitLabOptions>(), Of<ZendeskOptions>());
        return
        [
            new(JiraOptions.Section, jira, jira.WebhookSecret, WebhookSignatures.Jira, OfJira),
            new(GitHubOptions.Section, gitHub, gitHub.WebhookSecret, WebhookSignatures.GitHub, OfGitHub),
            new(GitLabOptions.Section, gitLab, gitLab.WebhookSecret, WebhookSignatures.GitLab(gitLab.WebhookSecret), OfGitLab),
            new(ZendeskOptions.Section, zendesk, zendesk.WebhookSecret, WebhookSignatures.Zendesk, OfZendesk),
            new(ServiceNowOptions.Section, Of<ServiceNowOptions>(), "", null, static message => [message.Text("number")]),
            new(RedmineOptions.Section, Of<RedmineOptions>(), "", null, OfRedmine),
            new(RequestTrackerOptions.Section, Of<RequestTrackerOptions>(), "", null, static message => [message.Text("id")]),
            new(HttpOptions.Section, Of<HttpOptions>(), "", null, static _ => []),
        ];

        T Of<T>() where T : class => provider.GetRequiredService<IOptions<T>>().Value;
    }

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
