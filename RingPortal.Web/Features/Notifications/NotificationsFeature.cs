using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Notifications;

/// <summary>Messages to people: written as rows, sent by a job.</summary>
public static class NotificationsFeature
{
    /// <summary>Maps the address that ends messages; the page of choices is a Razor component and maps itself.</summary>
    public static IEndpointRouteBuilder MapNotifications(this IEndpointRouteBuilder routes)
    {
        UnsubscribeEndpoints.Map(routes);
        return routes;
    }

    /// <summary>Registers the outbox, its job and the transport: a mail server when <c>Smtp__Host</c> is set, else a folder.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SmtpOptions>().Bind(configuration.GetSection(SmtpOptions.Section))
            .PostConfigure(options => options.Folder ??= Path.Combine(DevelopmentFolder.Of(configuration), "mail"))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>());
        services.AddSingleton<MailComposer>().AddSingleton<MailEnvelope>().AddSingleton<Outbox>().AddSingleton<Notices>();
        services.AddSingleton<SmtpMailTransport>().AddSingleton<FolderMailTransport>();
        services.AddSingleton<IMailTransport>(provider => string.IsNullOrWhiteSpace(provider.GetRequiredService<IOptions<SmtpOptions>>().Value.Host)
            ? provider.GetRequiredService<FolderMailTransport>()
            : provider.GetRequiredService<SmtpMailTransport>());
        services.AddOptions<NotificationOptions>().Bind(configuration.GetSection(NotificationOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NotificationOptions>, NotificationOptionsValidator>());
        services.AddSingleton<NotificationDigests>().AddSingleton<UnsubscribeSecrets>();
        services.AddScoped<NotificationSettings>().AddScoped<Unsubscriber>();
        services.AddScoped<DigestQueue>().AddScoped<SendDigestsJob>();
        services.AddScoped<OutboxQueue>().AddScoped<OutboxWake>().AddScoped<SendEmailJob>();
        return services;
    }
}
